@ Depthwise convolution by windows of 3x3 with the vector extension of Armv8.1-M: one channel after the other is spread out as a plane of
@ 16-bit numbers with its borders, on the stack; four outputs of a row are computed at a time.

#include "routine.h"
#include "strip.h"
#include "vector-scale.h"

    .set STRIP, 0                    @ the frame
    .set PLANE, 4
    .set ROW, 8                      @ where the windows of this row begin,
    .set TO, 12                      @ and its outputs
    .set ROWS_LEFT, 16
    .set CALLER, 20
    .set OFFSETS, 24                 @ of four neighbours in the output
    .set FRAME, 40

    .macro row_of_weights first, second, third, from, offset
    ldrsb \first, [\from, #\offset]
    ldrsb \second, [\from, #\offset + 1]
    ldrsb \third, [\from, #\offset + 2]
    .endm

    .macro taps_1 row, first, second, third    @ q0 += a row of four windows, stride 1
    vldrh.s32 q1, [\row, #2]
    vmla.s32 q0, q1, \second
    vldrh.s32 q1, [\row, #4]
    vmla.s32 q0, q1, \third
    vldrh.s32 q1, [\row], #8
    vmla.s32 q0, q1, \first
    .endm

    .macro taps_2 row, first, second, third    @ the same, stride 2: neighbours are the halves of a word
    vldrw.32 q1, [\row, #4]
    vmovlb.s16 q1, q1
    vmla.s32 q0, q1, \third
    vldrw.32 q1, [\row]
    vmovlt.s16 q1, q1
    vmla.s32 q0, q1, \second
    vldrw.32 q1, [\row], #16
    vmovlb.s16 q1, q1
    vmla.s32 q0, q1, \first
    .endm

    .macro outputs_of_row stride     @ windows r0, r1, r2; weights r4-r11, ip; outputs r3 + q2; lr: number of outputs
    dlstp.32 lr, lr
4:  vmov q0, q4                      @ bias
    taps_\stride r0, r4, r5, r6
    taps_\stride r1, r7, r8, r9
    taps_\stride r2, r10, r11, ip
    vector_scale q0, q5, q6, q1
    vadd.i32 q0, q0, q7
    narrow q0
    vstrb.32 q0, [r3, q2]
    vadd.i32 q2, q2, q3
    letp lr, 4b
    .endm

@ void depthwise_3x3(DepthwiseStrip* strip): some rows of outputs of all channels; the strip is used up. Clamped to 8 bits.
    routine depthwise_3x3
    open_strip
    ldr r1, [r0, #ZERO_POINT]
    ldr r2, [r0, #CHANNELS]
    vdup.32 q7, r1
    movs r3, #0
    lsl r4, r2, #1
    add r5, r4, r2
    add r6, sp, #OFFSETS
    stm r6, {r3}
    strd r2, r4, [r6, #4]
    str r5, [r6, #12]
    lsl r4, r2, #2
    vdup.32 q3, r4
next_channel:
    widen_channel
    ldrd r1, r2, [r0, #WEIGHTS]      @ and bias
    row_of_weights r4, r5, r6, r1, 0
    row_of_weights r7, r8, r9, r1, 3
    row_of_weights r10, r11, ip, r1, 6
    add r1, #9
    ldr r3, [r2], #4
    vdup.32 q4, r3
    strd r1, r2, [r0, #WEIGHTS]
    ldrd r1, r2, [r0, #MULTIPLIERS]  @ and shifts
    ldr r3, [r1]
    vdup.32 q5, r3
    ldrsb r3, [r2]
    vdup.32 q6, r3
    ldr r3, [r0, #STEP]
    add r1, r1, r3, lsl #2
    add r2, r3
    strd r1, r2, [r0, #MULTIPLIERS]
    ldr r3, [r0, #OUTPUT]
    ldr r2, [sp, #PLANE]
    strd r2, r3, [sp, #ROW]
    add r3, #1
    str r3, [r0, #OUTPUT]
    ldr r1, [r0, #OUTPUT_ROWS]
    str r1, [sp, #ROWS_LEFT]

1:  add r3, sp, #OFFSETS
    vldrw.32 q2, [r3]
    ldr lr, [sp, #STRIP]
    ldrd r0, r3, [sp, #ROW]
    ldr r1, [lr, #STRIDE_X]
    cmp r1, #1
    ldr r1, [lr, #PITCH]
    add r2, r0, r1, lsl #1
    add r1, r0
    ldr lr, [lr, #OUTPUT_COLUMNS]
    bne 2f
    outputs_of_row 1
    b 3f
2:  outputs_of_row 2
3:  ldr r0, [sp, #STRIP]
    ldr r1, [r0, #STRIDE_Y]
    ldrd r2, r3, [sp, #ROW]
    add r2, r1
    ldr r1, [r0, #OUTPUT_COLUMNS]
    ldr lr, [r0, #CHANNELS]
    mla r3, r1, lr, r3
    strd r2, r3, [sp, #ROW]
    ldr r1, [sp, #ROWS_LEFT]
    subs r1, #1
    str r1, [sp, #ROWS_LEFT]
    bne 1b
    ldr r1, [r0, #WEIGHTS]
    ldr r2, [r0, #WEIGHTS_END]
    cmp r1, r2
    bne next_channel
    ldr sp, [sp, #CALLER]
    pop {r4-r11, pc}
