@ What depthwise_3x3 is told, struct DepthwiseStrip (DepthwiseStrip.cs).

    .set INPUT, 0
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

@ Opens a frame of STRIP, PLANE, CALLER and more below the plane, and fills the plane with the input's zero point. In: strip r0.
    .macro open_strip
    push {r4-r11, lr}
    mov r4, sp
    ldr r5, [r0, #PLANE_BYTES]
    sub r1, r4, r5
    bic r1, #7
    sub r2, r1, #FRAME
    mov sp, r2
    strd r0, r1, [sp, #STRIP]
    str r4, [sp, #CALLER]
    ldr r2, [r0, #ZERO_PAIR]
1:  str r2, [r1], #4
    subs r5, #4
    bgt 1b
    .endm

@ Spreads the next channel out in the plane. In: strip r0, which stays.
    .macro widen_channel
    ldrd r1, r2, [r0, #INPUT]        @ r1 pixels, r2 their distance
    ldrd r3, r4, [r0, #LINE]         @ r3 the distance of lines, r4 columns
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
    .endm
