@ From sums to outputs (runtime/Arithmetic/Requantize.cs) without a call or a division.

#include "routine.h"

@ void requantize_row(int32* sums, int32* bias, int32* multipliers, int8* shifts, int step, int count, int zeroPoint, int min, int max,
@ byte* output): output[c] = clamp(zeroPoint + round(round(2^left · (sums[c] + bias[c]) · multiplier / 2^31) / 2^right)).
    routine requantize_row
    push {r4-r11, lr}
    ldrd r4, r5, [sp, #36]           @ step, count
    ldrd r6, r7, [sp, #44]           @ zeroPoint, min
    ldrd r8, r9, [sp, #52]           @ max, output
1:  ldr r10, [r0], #4
    ldr r11, [r1], #4
    add r10, r11                     @ the sum
    ldr r11, [r2]
    add r2, r2, r4, lsl #2
    ldrsb lr, [r3]
    add r3, r4
    cmp lr, #0
    it gt
    lslgt r10, lr
    smull ip, r10, r10, r11
    adds ip, #0x40000000             @ half of 2^31: ties go up
    adc r10, #0
    lsr ip, #31
    orr r10, ip, r10, lsl #1
    rsbs lr, #0
    ble 2f                           @ no shift to the right
    add r10, r10, r10, asr #31       @ one less for negative numbers: ties go away from zero
    asrs r10, lr                     @ carry: the last bit that falls out
    adc r10, #0
2:  add r10, r6
    cmp r10, r7
    it lt
    movlt r10, r7
    cmp r10, r8
    it gt
    movgt r10, r8
    strb r10, [r9], #1
    subs r5, #1
    bne 1b
    pop {r4-r11, pc}
