@ Arm semihosting: the debugger or QEMU serves the call that a BKPT 0xAB asks for (operation in r0, argument in r1).

#include "routine.h"

    .set SYS_OPEN, 0x01
    .set SYS_WRITE0, 0x04
    .set SYS_READ, 0x06
    .set SYS_EXIT_EXTENDED, 0x20
    .set ADP_STOPPED_APPLICATION_EXIT, 0x20026

@ void semihosting_write(byte* text): text ends with a zero byte.
    routine semihosting_write
    mov r1, r0
    movs r0, #SYS_WRITE0
    bkpt 0xAB
    bx lr

@ int semihosting_open(byte* name, int mode, int length): a handle, or -1.
    routine semihosting_open
    push {r0, r1, r2, lr}            @ the argument block: name, mode, length of the name
    mov r1, sp
    movs r0, #SYS_OPEN
    bkpt 0xAB
    add sp, #12
    pop {pc}

@ int semihosting_read(int handle, byte* buffer, int bytes): how many bytes are missing.
    routine semihosting_read
    push {r0, r1, r2, lr}
    mov r1, sp
    movs r0, #SYS_READ
    bkpt 0xAB
    add sp, #12
    pop {pc}

@ void semihosting_exit(int code): does not return.
    routine semihosting_exit
    mov r1, r0
    ldr r0, =ADP_STOPPED_APPLICATION_EXIT
    push {r0, r1}                    @ the argument block: reason, exit code
    mov r1, sp
    movs r0, #SYS_EXIT_EXTENDED
    bkpt 0xAB
1:  b 1b
