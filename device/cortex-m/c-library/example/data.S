/* The model and its inputs; the build says where the files are. */

    .section .rodata.model, "a"
    .global model_begin, model_end, inputs_begin, inputs_end
    .balign 16
model_begin:
    .incbin MODEL
model_end:
    .balign 4
inputs_begin:
    .incbin INPUTS
inputs_end:
