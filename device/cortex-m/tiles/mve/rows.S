@ Whole rows of outputs with the vector extension of Armv8.1-M: VMLADAVA adds 16 products to a sum. Loops that end in LETP leave out the
@ lanes that are too many. Requantization (runtime/Arithmetic/Requantize.cs) is of four channels at a time.

#include "routine.h"
#include "vector-scale.h"

    .set MULTIPLIERS, 0              @ the frame: what goes on from channel to channel
    .set SHIFTS, 4
    .set STEP, 8
    .set BIAS, 12
    .set OUTPUT, 16
    .set CHANNELS, 20
    .set ZERO_POINT, 24
    .set FRAME, 32

@ void two_rows(int8* rows, int8* output, RowBlock* block, int outputStride): one after the other.
    routine two_rows
    push {r0-r4, lr}
    bl one_row
    ldm sp, {r0-r3}
    ldr ip, [r2]                     @ depth
    add r0, ip
    add r1, r3
    bl one_row
    add sp, #16
    pop {r4, pc}

@ void one_row(int8* row, int8* output, RowBlock* block): channels >= 4. The outputs are clamped to 8 bits.
    routine one_row
    push {r4-r11, lr}
    sub sp, #FRAME
    mov r11, r0
    ldm r2, {r2, r4-r10}             @ depth, weights, channels, bias, multipliers, shifts, step, zero point
    mov ip, r2
    strd r7, r8, [sp, #MULTIPLIERS]
    strd r9, r6, [sp, #STEP]
    strd r1, r5, [sp, #OUTPUT]
    str r10, [sp, #ZERO_POINT]
    mov r1, r4
    vmov.i32 q7, #0
1:  mov r0, r11
    add r3, r1, ip
    add r5, r3, ip
    add r7, r5, ip
    add r2, r7, ip                   @ the next four channels
    movs r4, #0
    movs r6, #0
    mov r8, r4
    mov r10, r4
    dlstp.8 lr, ip
2:  vldrb.8 q0, [r0], #16
    vldrb.8 q1, [r1], #16
    vmladava.s8 r4, q0, q1
    vldrb.8 q2, [r3], #16
    vmladava.s8 r6, q0, q2
    vldrb.8 q1, [r5], #16
    vmladava.s8 r8, q0, q1
    vldrb.8 q2, [r7], #16
    vmladava.s8 r10, q0, q2
    letp lr, 2b
    vmov q0[2], q0[0], r4, r8
    vmov q0[3], q0[1], r6, r10
    mov r1, r2
    ldm sp, {r4-r7}                  @ multipliers, shifts, step, bias
    vldrw.32 q1, [r7], #16
    vadd.i32 q0, q0, q1
    cmp r6, #0
    beq 5f
    vldrw.32 q1, [r4], #16
    vldrb.s32 q2, [r5], #4
3:  stm sp, {r4-r7}
    ldrd r0, r2, [sp, #OUTPUT]
    ldr r3, [sp, #ZERO_POINT]
    vmax.s32 q3, q2, q7
    vmin.s32 q2, q2, q7
    vshl.s32 q0, q0, q3
    vector_scale q0, q1, q2, q3
    vadd.i32 q0, q0, r3
    narrow q0
    vstrb.32 q0, [r0], #4
    subs r2, #4
    strd r0, r2, [sp, #OUTPUT]
    bgt 4f
    add sp, #FRAME
    pop {r4-r11, pc}
4:  cmp r2, #4
    bge 1b
    rsb r3, r2, #4                   @ fewer than four channels are left: some of the last four once more
    mls r1, r3, ip, r1
    mul r2, r3, r6
    sub r4, r4, r2, lsl #2
    sub r5, r2
    sub r7, r7, r3, lsl #2
    sub r0, r3
    movs r2, #4
    stm sp, {r4-r7}
    strd r0, r2, [sp, #OUTPUT]
    b 1b
5:  ldr r0, [r4]
    ldrsb r2, [r5]
    vdup.32 q1, r0
    vdup.32 q2, r2
    b 3b
