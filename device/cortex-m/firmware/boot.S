@ What the processor finds where flash begins, on boards whose program lies elsewhere in it: the stack, and how to get there.

#include "routine.h"

    .set SCB_VTOR, 0xE000ED08        @ vector table offset

    .section .boot, "a"
    .word stack_top
    .word boot

    routine boot
    ldr r0, =SCB_VTOR
    ldr r1, =vectors
    str r1, [r0]
    dsb
    b reset
