@ RAM for the bytes of the serial line. A static field of C# would bring type data along.

#include "routine.h"

    routine uarte_buffer             @ uint uarte_buffer()
    ldr r0, =buffer
    bx lr

    .section .bss.uarte_buffer, "aw", %nobits
    .p2align 2
buffer:
    .space 8
