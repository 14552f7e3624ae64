@ Where the linker put the stack, as routines: ilc can import routines only.

#include "routine.h"

    routine stack_top_address
    ldr r0, =stack_top
    bx lr

    routine stack_bottom_address
    ldr r0, =stack_top
    ldr r1, =STACK_BYTES
    subs r0, r0, r1
    bx lr
