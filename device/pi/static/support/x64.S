/* What ilc's code refers to besides the C library: it enters and leaves without a runtime that would want to know. */
    .text
    .global RhpReversePInvoke, RhpReversePInvokeReturn, RhpPInvoke, RhpPInvokeReturn, RhpFallbackFailFast
RhpReversePInvoke:
RhpReversePInvokeReturn:
RhpPInvoke:
RhpPInvokeReturn:
    ret
RhpFallbackFailFast:
    ud2
    .data
    .balign 8
    .global __security_cookie
__security_cookie:
    .quad 0x5ec00c1e5ec00c1e
    .section .note.GNU-stack,"",@progbits
