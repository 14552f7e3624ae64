@ Where the linker put things, as routines: ilc can import routines only.

#include "routine.h"

    .macro address_of name, symbol
    routine \name
    ldr r0, =\symbol
    bx lr
    .endm

    address_of free_memory_begin_address, free_memory_begin
    address_of free_memory_end_address, free_memory_end
    address_of model_begin_address, model_begin
    address_of model_end_address, model_end
    address_of inputs_begin_address, inputs_begin
    address_of inputs_end_address, inputs_end
