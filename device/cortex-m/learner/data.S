@ The model, linked into flash as it is; the build copies it to where the assembler looks.

    .section .model, "a"
    .incbin "model.bin"
