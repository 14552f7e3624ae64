@ The model and its inputs, linked into flash as they are; the build copies both to where the assembler looks.

    .section .model, "a"
    .incbin "model.bin"

    .section .inputs, "a"
    .incbin "inputs.bin"
