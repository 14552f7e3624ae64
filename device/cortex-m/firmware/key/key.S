@ The public key: what public.pem says, without the 27 bytes before the point of the curve (RFC 5480).

#include "routine.h"

    routine public_key_address
    ldr r0, =public_key
    bx lr

    .section .rodata.public_key, "a"
public_key:
    .incbin "public-key.bin", 27, 64
