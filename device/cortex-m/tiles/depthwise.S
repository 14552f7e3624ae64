@ Depthwise convolution by windows of 3x3 with the DSP extension: one channel after the other is spread out as a plane of 16-bit numbers with
@ its borders, on the stack, so that two neighbours under a window are one word.

#include "routine.h"
#include "scale.h"

    .set INPUT, 0                    @ struct DepthwiseStrip (DepthwiseTile.cs)
    .set PIXEL, 4
    .set LINE, 8
    .set COLUMNS, 12
    .set ROWS, 16
    .set PITCH, 20
    .set INTERIOR, 24
    .set PLANE_BYTES, 28
    .set ZERO_PAIR, 32
    .set WEIGHTS, 36
    .set BIAS, 40
    .set MULTIPLIERS, 44
    .set SHIFTS, 48
    .set STEP, 52
    .set ZERO_POINT, 56
    .set OUTPUT, 60
    .set OUTPUT_COLUMNS, 64
    .set OUTPUT_ROWS, 68
    .set STRIDE_X, 72
    .set STRIDE_Y, 76
    .set CHANNELS, 80
    .set WEIGHTS_END, 84

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
    push {r4-r11, lr}
    mov r4, sp
    ldr r5, [r0, #PLANE_BYTES]
    sub r1, r4, r5
    bic r1, #7
    sub r2, r1, #FRAME
    mov sp, r2
    strd r0, r1, [sp, #STRIP]
    str r4, [sp, #CALLER]
    ldr r2, [r0, #ZERO_POINT]
    str r2, [sp, #ZERO]
    ldr r2, [r0, #ZERO_PAIR]
1:  str r2, [r1], #4
    subs r5, #4
    bgt 1b

next_channel:
    ldrd r1, r2, [r0, #INPUT]        @ this channel's plane: r1 pixels, r2 their distance, r3 the distance of lines
    ldrd r3, r4, [r0, #LINE]         @ r4 columns
    ldrd r5, r6, [r0, #ROWS]         @ r6 pitch
    add r7, r1, #1
    str r7, [r0, #INPUT]
    ldr r7, [r0, #INTERIOR]
    ldr r8, [sp, #PLANE]
    add r7, r8
3:  mov r8, r1
    mov r9, r7
    subs r10, r4, #2
    blt 5f
4:  ldrsb r11, [r8]
    ldrsb ip, [r8, r2]
    add r8, r8, r2, lsl #1
    pkhbt r11, r11, ip, lsl #16
    str r11, [r9], #4
    subs r10, #2
    bge 4b
5:  lsls r10, #31
    beq 6f
    ldrsb r11, [r8]
    strh r11, [r9]
6:  add r1, r3
    add r7, r6
    subs r5, #1
    bne 3b

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
