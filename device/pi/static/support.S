/* What ilc's code refers to besides the C library: it enters and leaves without a runtime that would want to know. */
#ifdef __aarch64__
#define TRAP brk 0
#else
#define TRAP ud2
#endif
    .text
    .global RhpReversePInvoke, RhpReversePInvokeReturn, RhpPInvoke, RhpPInvokeReturn, RhpFallbackFailFast
RhpReversePInvoke:
RhpReversePInvokeReturn:
RhpPInvoke:
RhpPInvokeReturn:
    ret
RhpFallbackFailFast:
    TRAP
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
