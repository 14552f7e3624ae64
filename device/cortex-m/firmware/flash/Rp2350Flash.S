@ Calls that are made out of RAM: flash is no memory between the first and the last of them.

#include "routine.h"

    .set WORK_BYTES, 5 * 5 * 4 + 256

    routine flash_work               @ byte** flash_work()
    ldr r0, =work
    bx lr

    .section .bss.flash_work, "aw", %nobits
    .p2align 2
work:
    .space WORK_BYTES

    routine run_from_ram             @ byte* run_from_ram(byte** calls, int count)
    ldr r2, =calls_in_ram
    bx r2

    .section .data.calls_in_ram, "aw", %progbits
    .p2align 2
    .type calls_in_ram, %function
    .thumb_func
calls_in_ram:
    push {r4, r5, r6, lr}
    mrs r6, primask
    cpsid i
    mov r4, r0
    mov r5, r1
1:  ldmia r4!, {r0, r1, r2, r3, ip}
    blx ip
    subs r5, #1
    bne 1b
    msr primask, r6
    pop {r4, r5, r6, pc}
