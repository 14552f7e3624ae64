@ Elementwise sums (runtime/Operators/ScaledPair.cs) with the DSP extension. An operand has 256 values: what each is on the common scale is
@ computed once, into two tables on the stack.

#include "routine.h"
#include "scale.h"

    .set FRACTION_BITS, 20
    .set TABLE, 1024

@ Fills the table at to from the next three of the scales (struct PairScales, PairTile.cs): the entry for the byte x is
@ round(round(2^left * (x - zero point) * 2^20 * multiplier / 2^31) / 2^right).
    .macro fill_table to, scales
    ldm \scales!, {r8-r10}          @ zero point, multiplier, shift
    movs r11, #0
1:  sxtb ip, r11
    sub ip, r8
    lsl ip, #FRACTION_BITS
    multiply ip, r9, r10, r6, r7
    str ip, [\to, r11, lsl #2]
    adds r11, #1
    cmp r11, #256
    bne 1b
    .endm

@ void add_bytes(int8* a, int8* b, int8* output, int count, PairScales* scales): clamped to 8 bits.
    routine add_bytes
    push {r4-r11, lr}
    ldr lr, [sp, #36]
    sub sp, #TABLE
    mov r5, sp
    sub sp, #TABLE
    mov r4, sp
    fill_table r4, lr
    fill_table r5, lr
    ldm lr, {r6-r8}                  @ multiplier, shift, zero point of the output
    lsl r6, #1
    rsb r7, #0
    add r3, r0
1:  ldrb r9, [r0], #1
    ldrb r10, [r1], #1
    ldr r9, [r4, r9, lsl #2]
    ldr r10, [r5, r10, lsl #2]
    add r9, r10
    scale r9, r6, r7, r8
    strb r9, [r2], #1
    cmp r0, r3
    bne 1b
    add sp, #2 * TABLE
    pop {r4-r11, pc}
