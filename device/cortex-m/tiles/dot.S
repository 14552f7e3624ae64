@ The product of two rows of 8-bit numbers with the DSP extension (Armv7E-M, Armv8-M): SMLAD multiplies two pairs of 16-bit numbers and adds
@ both. SXTB16 makes such pairs of the bytes 0 and 2 of a word, and of 1 and 3 after a rotation: all pairs come in the same order.

#include "routine.h"

    .macro pairs even, odd, from     @ bytes 0, 2 and 1, 3 of a word as 16-bit numbers; from may be even
    sxtb16 \odd, \from, ror #8
    sxtb16 \even, \from
    .endm

@ int dot(int8* row, int8* weights, int depth)
    routine dot
    push {r4-r7, lr}
    movs r3, #0
    lsrs ip, r2, #2
    beq 2f
1:  ldr r4, [r0], #4
    ldr r6, [r1], #4
    pairs r4, r5, r4
    pairs r6, r7, r6
    smlad r3, r4, r6, r3
    smlad r3, r5, r7, r3
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
