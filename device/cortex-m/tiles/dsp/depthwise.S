@ Depthwise convolution by windows of 3x3 with the DSP extension: one channel after the other is spread out as a plane of 16-bit numbers
@ with its borders, on the stack, so that two neighbours under a window are one word.

#include "routine.h"
#include "scale.h"
#include "strip.h"

    .set STRIP, 0                    @ the frame
    .set PLANE, 4
    .set TWICE, 8
    .set RIGHT, 12
    .set SUM, 16
    .set ZERO, 20
    .set ROW_END, 24
    .set ROWS_LEFT, 28
    .set CALLER, 32
    .set FRAME, 40

    .macro row_of_weights first, third, from, offset   @ (w0, w1) and (w2, 0)
    ldrsb \first, [\from, #\offset]
    ldrsb \third, [\from, #\offset + 1]
    pkhbt \first, \first, \third, lsl #16
    ldrsb \third, [\from, #\offset + 2]
    uxth \third, \third
    .endm

    .macro outputs_of_row stride     @ rows r0, r1, r2; output r3; weights r4-r9; lr: bytes of an output pixel
7:  ldr r10, [sp, #SUM]
    ldr r11, [r0, #4]
    ldr ip, [r0], #2 * \stride
    smlad r10, r11, r5, r10
    smlad r10, ip, r4, r10
    ldr r11, [r1, #4]
    ldr ip, [r1], #2 * \stride
    smlad r10, r11, r7, r10
    smlad r10, ip, r6, r10
    ldr r11, [r2, #4]
    ldr ip, [r2], #2 * \stride
    smlad r10, r11, r9, r10
    smlad r10, ip, r8, r10
    ldrd r11, ip, [sp, #TWICE]
    smmlar r10, r10, r11, r10
    ldr r11, [sp, #ZERO]
    add r10, r10, r10, asr #31
    asrs r10, ip
    adc r10, r11
    ldr r11, [sp, #ROW_END]
    ssat r10, #8, r10
    strb r10, [r3]
    add r3, lr
    cmp r0, r11
    bne 7b
    .endm

@ void depthwise_3x3(DepthwiseStrip* strip): some rows of outputs of all channels; the strip is used up. Clamped to 8 bits.
    routine depthwise_3x3
    open_strip
    ldr r2, [r0, #ZERO_POINT]
    str r2, [sp, #ZERO]
next_channel:
    widen_channel
    ldrd r1, r2, [r0, #WEIGHTS]      @ and bias
    row_of_weights r4, r5, r1, 0
    row_of_weights r6, r7, r1, 3
    row_of_weights r8, r9, r1, 6
    add r1, #9
    ldr r3, [r2], #4
    strd r1, r2, [r0, #WEIGHTS]
    str r3, [sp, #SUM]
    ldrd r1, r2, [r0, #MULTIPLIERS]  @ and shifts
    ldr r3, [r0, #STEP]
    ldr r10, [r1]
    ldrsb r11, [r2]
    add r1, r1, r3, lsl #2
    add r2, r3
    strd r1, r2, [r0, #MULTIPLIERS]
    lsl r10, #1
    rsb r11, #0
    strd r10, r11, [sp, #TWICE]
    ldr r3, [r0, #OUTPUT]
    add r1, r3, #1
    str r1, [r0, #OUTPUT]
    ldr lr, [r0, #CHANNELS]
    ldr r1, [r0, #OUTPUT_ROWS]
    str r1, [sp, #ROWS_LEFT]
    ldrd r1, r2, [r0, #STRIDE_X]
    ldr ip, [r0, #OUTPUT_COLUMNS]
    mul ip, r1
    lsl ip, #1
    mov r11, r1
    ldr r1, [r0, #PITCH]
    ldr r0, [sp, #PLANE]
    add ip, r0
    str ip, [sp, #ROW_END]
    add r1, r0
    b 9f

8:  ldr r0, [sp, #STRIP]
    ldrd r11, r2, [r0, #STRIDE_X]
    ldr r1, [r0, #PITCH]
    ldr r10, [r0, #OUTPUT_COLUMNS]
    mul r10, r11
    ldr r0, [sp, #ROW_END]
    sub r0, r0, r10, lsl #1          @ where this row began
    add r0, r2
    add ip, r0, r10, lsl #1
    str ip, [sp, #ROW_END]
    add r1, r0
9:  rsb r2, r0, r1, lsl #1
    cmp r11, #1
    bne 2f
    outputs_of_row 1
    b 1f
2:  outputs_of_row 2
1:  ldr r0, [sp, #ROWS_LEFT]
    subs r0, #1
    str r0, [sp, #ROWS_LEFT]
    bne 8b
    ldr r0, [sp, #STRIP]
    ldr r1, [r0, #WEIGHTS]
    ldr r2, [r0, #WEIGHTS_END]
    cmp r1, r2
    bne next_channel
    ldr sp, [sp, #CALLER]
    pop {r4-r11, pc}
