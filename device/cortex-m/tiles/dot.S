@ Products of rows of 8-bit numbers with the DSP extension (Armv7E-M, Armv8-M): SMLAD multiplies two pairs of 16-bit numbers and adds both.
@ SXTB16 makes such pairs of the bytes 0 and 2 of a word, and of 1 and 3 after a rotation: all pairs come in the same order.

#include "routine.h"

    .macro pairs even, odd, from     @ bytes 0, 2 and 1, 3 of a word as 16-bit numbers; from may be even
    sxtb16 \odd, \from, ror #8
    sxtb16 \even, \from
    .endm

    .macro add_product sum, even1, odd1, even2, odd2
    smlad \sum, \even1, \even2, \sum
    smlad \sum, \odd1, \odd2, \sum
    .endm

@ void dot_1x4(int8* row, int8* weights0, int8* weights1, int8* weights2, int8* weights3, int8* end, int rest, int32* sums):
@ sums[0 … 3] = row · weights0 … weights3. end: where row has whole words up to; rest: bytes after it.
    routine dot_1x4
    push {r4-r11, lr}
    ldrd ip, lr, [sp, #36]           @ weights3, end
    movs r4, #0
    movs r5, #0
    movs r6, #0
    movs r7, #0
    b 2f
1:  ldr r8, [r0], #4
    pairs r8, r9, r8
    ldr r10, [r1], #4
    pairs r10, r11, r10
    add_product r4, r8, r9, r10, r11
    ldr r10, [r2], #4
    pairs r10, r11, r10
    add_product r5, r8, r9, r10, r11
    ldr r10, [r3], #4
    pairs r10, r11, r10
    add_product r6, r8, r9, r10, r11
    ldr r10, [ip], #4
    pairs r10, r11, r10
    add_product r7, r8, r9, r10, r11
2:  cmp r0, lr
    bne 1b
    ldr lr, [sp, #44]                @ rest
    cmp lr, #0
    beq 4f
3:  ldrsb r8, [r0], #1
    ldrsb r9, [r1], #1
    mla r4, r8, r9, r4
    ldrsb r9, [r2], #1
    mla r5, r8, r9, r5
    ldrsb r9, [r3], #1
    mla r6, r8, r9, r6
    ldrsb r9, [ip], #1
    mla r7, r8, r9, r7
    subs lr, #1
    bne 3b
4:  ldr r0, [sp, #48]
    stm r0, {r4-r7}
    pop {r4-r11, pc}

@ int dot_1x1(int8* row, int8* weights, int depth)
    routine dot_1x1
    push {r4-r7, lr}
    movs r3, #0
    lsrs ip, r2, #2
    beq 2f
1:  ldr r4, [r0], #4
    ldr r6, [r1], #4
    pairs r4, r5, r4
    pairs r6, r7, r6
    add_product r3, r4, r5, r6, r7
    subs ip, #1
    bne 1b
2:  ands r2, #3
    beq 4f
3:  ldrsb r4, [r0], #1
    ldrsb r6, [r1], #1
    mla r3, r4, r6, r3
    subs r2, #1
    bne 3b
4:  mov r0, r3
    pop {r4-r7, pc}
