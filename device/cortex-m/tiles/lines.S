@ Copying what lies under a window. Words are read and written at any address.

#include "routine.h"

@ void copy_lines(int8* from, int line, int8* to, int pitch, int bytes, int lines): lines of at
@ least a byte, which begin line apart where they are read, and pitch apart where they are written.
    routine copy_lines
    push {r4-r9}
    ldrd r4, r5, [sp, #24]
    sub r1, r4
    sub r3, r4
    cmp r4, #4
    blt 5f
1:  subs r6, r4, #16
    blt 3f
2:  ldr r7, [r0, #4]
    ldr r8, [r0, #8]
    ldr r9, [r0, #12]
    ldr ip, [r0], #16
    str r7, [r2, #4]
    str r8, [r2, #8]
    str r9, [r2, #12]
    str ip, [r2], #16
    subs r6, #16
    bge 2b
3:  adds r6, #12                     @ bytes that are left, less 4
    blt 8f
7:  ldr r7, [r0], #4
    str r7, [r2], #4
    subs r6, #4
    bge 7b
8:  adds r6, #4                      @ 0 to 3 bytes are left: a word that ends with them
    beq 4f
    add r0, r6
    add r2, r6
    ldr r7, [r0, #-4]
    str r7, [r2, #-4]
4:  add r0, r1
    add r2, r3
    subs r5, #1
    bne 1b
    pop {r4-r9}
    bx lr
5:  mov r6, r4
6:  ldrb r7, [r0], #1
    strb r7, [r2], #1
    subs r6, #1
    bne 6b
    add r0, r1
    add r2, r3
    subs r5, #1
    bne 5b
    pop {r4-r9}
    bx lr
