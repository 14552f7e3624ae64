/* What ilc's code refers to besides the C library. */
    .text
    .global RhpFallbackFailFast, RhpReversePInvoke, RhpReversePInvokeReturn, RhpPInvoke, RhpPInvokeReturn
RhpReversePInvoke:
RhpReversePInvokeReturn:
RhpPInvoke:
RhpPInvokeReturn:
    ret
RhpFallbackFailFast:
    brk 0
    .data
    .balign 8
    .global __security_cookie
__security_cookie:
    .quad 0x5ec00c1e5ec00c1e
    .weak g_cpuFeatures
    .global g_cpuFeatures
g_cpuFeatures:
    .quad 0
    .section .note.GNU-stack,"",@progbits
