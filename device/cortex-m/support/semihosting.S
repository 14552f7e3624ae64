@ Arm semihosting: the debugger or QEMU serves the call that a BKPT 0xAB asks for (operation in r0, argument in r1).

#include "routine.h"

    .set SYS_WRITE0, 0x04
    .set SYS_EXIT_EXTENDED, 0x20
    .set ADP_STOPPED_APPLICATION_EXIT, 0x20026

@ void semihosting_write(byte* text): text ends with a zero byte.
    routine semihosting_write
    mov r1, r0
    movs r0, #SYS_WRITE0
    bkpt 0xAB
    bx lr

@ void semihosting_exit(int code): does not return.
    routine semihosting_exit
    mov r1, r0
    ldr r0, =ADP_STOPPED_APPLICATION_EXIT
    push {r0, r1}                    @ the argument block: reason, exit code
    mov r1, sp
    movs r0, #SYS_EXIT_EXTENDED
    bkpt 0xAB
1:  b 1b
