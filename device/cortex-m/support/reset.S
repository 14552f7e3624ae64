@ The vector table, what runs before C#, and what runs when the processor refuses to go on.

#include "routine.h"

    .set SCB_CCR, 0xE000ED14         @ configuration and control
    .set SCB_SHCSR, 0xE000ED24       @ system handler control and state
    .set SCB_CPACR, 0xE000ED88       @ coprocessor access; reads 0 where there is none
    .set SCB_CFSR, 0xE000ED28        @ configurable fault status
    .set STACKING_FAILED, 1 << 4 | 1 << 12
    .set FRAME_PC, 24
    .set TRAP_DIVIDE_BY_ZERO, 1 << 4
    .set VECTOR_ACCESS, 15 << 20     @ the vector extension is coprocessors 10 and 11
    .set ENABLE_FAULTS, 7 << 16      @ memory management, bus and usage faults keep their own vectors

    .section .vectors, "a"
    .word stack_top
    .word reset
    .rept 14                         @ exceptions 2 to 15: the architecture's own; no interrupt is enabled
    .word exception
    .endr

    routine reset
    ldr r0, =SCB_CCR
    ldr r1, [r0]
    orr r1, r1, #TRAP_DIVIDE_BY_ZERO
    str r1, [r0]
    ldr r0, =SCB_SHCSR
    ldr r1, [r0]
    orr r1, r1, #ENABLE_FAULTS
    str r1, [r0]
    ldr r0, =SCB_CPACR
    ldr r1, [r0]
    orr r1, r1, #VECTOR_ACCESS
    str r1, [r0]
    dsb
    isb

    ldr r0, =data_load
    ldr r1, =data_begin
    ldr r2, =data_end
1:  cmp r1, r2
    ittt lo
    ldrlo r3, [r0], #4
    strlo r3, [r1], #4
    blo 1b

    ldr r1, =bss_begin
    ldr r2, =bss_end
    movs r3, #0
2:  cmp r1, r2
    itt lo
    strlo r3, [r1], #4
    blo 2b

    bl board_setup
    bl main
    bl semihosting_exit              @ main's result is the exit code

@ Clocks, pins and external memory of a real board; a board's own definition replaces this one.
    .weak board_setup
    routine board_setup
    bx lr

@ report_exception(exception number, fault status, program counter or 0): C#, on a stack that starts afresh, so that an overflown one
@ can be reported too. The processor stacked r0-r3, r12, lr, pc and xpsr, unless the status says that stacking failed.
    routine exception
    mrs r0, ipsr
    ldr r1, =SCB_CFSR
    ldr r1, [r1]
    movs r2, #0
    movw r3, #STACKING_FAILED
    tst r1, r3
    it eq
    ldreq r2, [sp, #FRAME_PC]
    ldr r3, =stack_top
    mov sp, r3
    b report_exception
