@ Integer helpers that code made by ilc calls. 64-bit values are in register pairs, low word first; a shift count is in r2, 0 to 63.
@ A register shifted by 32 to 255 is 0, or the sign: the shifts below rely on it.

#include "routine.h"

    routine divide_int32             @ r0 / r1; traps when r1 = 0
    sdiv r0, r0, r1
    bx lr

    routine divide_uint32
    udiv r0, r0, r1
    bx lr

    routine RhpLMul                  @ r1:r0 · r3:r2 modulo 2^64
    mul r1, r1, r2
    mla r1, r0, r3, r1
    umull r0, r2, r0, r2
    add r1, r1, r2
    bx lr

    routine RhpLLsh                  @ r1:r0 << r2
    rsb r3, r2, #32
    lsl r1, r1, r2
    lsr ip, r0, r3                   @ bits that cross from the low word when r2 < 32; 0 above (count mod 256 >= 32)
    orr r1, r1, ip
    subs r3, r2, #32
    it pl
    lslpl r1, r0, r3
    lsl r0, r0, r2
    bx lr

    .macro shift_right name, shift   @ r1:r0 >> r2; the 32-bit shift decides what comes in from the left
    routine \name
    rsb r3, r2, #32
    lsr r0, r0, r2
    lsl ip, r1, r3
    orr r0, r0, ip
    subs r3, r2, #32
    it pl
    \shift\()pl r0, r1, r3
    \shift r1, r1, r2
    bx lr
    .endm

    shift_right RhpLRsh, asr         @ the sign
    shift_right RhpLRsz, lsr         @ zeros
