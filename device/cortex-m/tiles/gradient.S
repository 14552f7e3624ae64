@ Rows times an error, added to 32-bit sums (GradientTile), with the DSP extension.

#include "routine.h"

@ void add_scaled(int32* sums, int factor, int8* row, int count): sums[k] += factor · row[k]; the factor has 16 bits.
    routine add_scaled
    push {r4-r9}
    lsrs ip, r3, #2
    beq 2f
1:  ldr r8, [r2], #4
    ldm r0, {r4-r7}
    sxtb16 r9, r8                    @ bytes 0 and 2
    sxtb16 r8, r8, ror #8            @ bytes 1 and 3
    smlabb r4, r1, r9, r4
    smlabt r6, r1, r9, r6
    smlabb r5, r1, r8, r5
    smlabt r7, r1, r8, r7
    stm r0!, {r4-r7}
    subs ip, #1
    bne 1b
2:  ands r3, #3
    beq 4f
3:  ldrsb r4, [r2], #1
    ldr r5, [r0]
    mla r5, r4, r1, r5
    str r5, [r0], #4
    subs r3, #1
    bne 3b
4:  pop {r4-r9}
    bx lr

@ void add_row(int32* sums, int32* row, int count): sums[k] += row[k].
    routine add_row
    push {r4-r7}
    lsrs ip, r2, #1
    beq 2f
1:  ldrd r4, r5, [r0]
    ldrd r6, r7, [r1], #8
    add r4, r6
    add r5, r7
    strd r4, r5, [r0], #8
    subs ip, #1
    bne 1b
2:  lsls r2, #31
    beq 3f
    ldr r4, [r0]
    ldr r6, [r1]
    add r4, r6
    str r4, [r0]
3:  pop {r4-r7}
    bx lr
