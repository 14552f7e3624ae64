@ The model of slot 0, linked into flash as it is; the build copies it to where the assembler looks.

    .section .slot, "a"
    .incbin "slot.bin"
