@ What an object made by ilc refers to in code that never runs here: the start-up of a native library, and unwinding.
@ Nothing that would make a firmware allocate or throw belongs in this list: such a firmware shall not link.

#include "routine.h"

    .global RhpReversePInvoke
    .global RhpReversePInvokeReturn
    .global __aeabi_unwind_cpp_pr0
    .global __aeabi_unwind_cpp_pr1

    routine never_called
    .thumb_set RhpReversePInvoke, never_called
    .thumb_set RhpReversePInvokeReturn, never_called
    .thumb_set __aeabi_unwind_cpp_pr0, never_called
    .thumb_set __aeabi_unwind_cpp_pr1, never_called
    udf #0
