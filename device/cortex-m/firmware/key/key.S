@ The public key: x and y of its point, which the build takes out of the PEM file.

#include "routine.h"

    routine public_key_address
    ldr r0, =public_key
    bx lr

    .section .rodata.public_key, "a"
public_key:
    .incbin "public-key.bin"
