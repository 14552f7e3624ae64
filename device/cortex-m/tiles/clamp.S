@ Fused activations that 8 bits do not saturate by themselves.

#include "routine.h"

@ void clamp_bytes(int8* bytes, int count, int min, int max)
    routine clamp_bytes
    push {r4, r5}
    uxtb r4, r2
    uxtb r5, r3
    orr r4, r4, r4, lsl #8
    orr r5, r5, r5, lsl #8
    orr r4, r4, r4, lsl #16
    orr r5, r5, r5, lsl #16
    b 2f
1:  ldr ip, [r0]
    ssub8 r2, ip, r4
    sel ip, ip, r4
    ssub8 r2, ip, r5
    sel ip, r5, ip
    str ip, [r0], #4
2:  subs r1, #4
    bpl 1b
    adds r1, #4
    beq 4f
    sxtb r4, r4
    sxtb r5, r5
3:  ldrsb ip, [r0]
    cmp ip, r4
    it lt
    movlt ip, r4
    cmp ip, r5
    it gt
    movgt ip, r5
    strb ip, [r0], #1
    subs r1, #1
    bne 3b
4:  pop {r4, r5}
    bx lr
