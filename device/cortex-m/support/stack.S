@ How much of the stack a program used: it is painted first, and looked through afterwards.

#include "routine.h"

    .set PAINT, 0xA5A5A5A5

    .macro stack_bottom to, temp
    ldr \to, =stack_top
    ldr \temp, =STACK_BYTES
    sub \to, \temp
    .endm

@ void paint_stack(): from its end to where it is now.
    routine paint_stack
    stack_bottom r0, r1
    ldr r1, =PAINT
    mov r2, sp
1:  cmp r0, r2
    it lo
    strlo r1, [r0], #4
    blo 1b
    bx lr

@ int used_stack(): bytes of it that are not painted any more.
    routine used_stack
    stack_bottom r0, r1
    ldr r1, =PAINT
    ldr r2, =stack_top
1:  ldr r3, [r0], #4
    cmp r3, r1
    beq 1b
    subs r0, #4
    subs r0, r2, r0
    bx lr
