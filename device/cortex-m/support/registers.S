@ Registers of the chip. The compiler sees calls: it neither leaves out an access nor moves it.

#include "routine.h"

    routine read_register            @ uint read_register(uint address)
    ldr r0, [r0]
    bx lr

    routine write_register           @ void write_register(uint address, uint value)
    str r1, [r0]
    dsb
    bx lr
