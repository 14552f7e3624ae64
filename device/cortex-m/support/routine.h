@ routine NAME: opens a Thumb function of that name in a section of its own.

    .syntax unified
    .thumb

    .macro routine name
    .section .text.\name, "ax"
    .global \name
    .type \name, %function
    .thumb_func
\name:
    .endm
