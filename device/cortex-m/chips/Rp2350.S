@ What the RP2350's ROM looks for in the first 4 KB of flash before it runs a program there: an IMAGE_DEF block, the only one in its loop.
@ RP2350 Datasheet, 5.9.1 "Blocks and block loops", 5.9.3.1 "IMAGE_TYPE item", 5.9.5.1 "Minimum Arm IMAGE_DEF".

    .set BLOCK_BEGIN, 0xFFFFDED3
    .set BLOCK_END, 0xAB123579
    .set IMAGE_TYPE, 0x42
    .set LAST, 0xFF
    .set EXECUTABLE, 1
    .set SECURE, 2 << 4
    .set RP2350, 1 << 12

    .section .image_def, "a"
    .p2align 2
    .word BLOCK_BEGIN
    .byte IMAGE_TYPE, 1              @ an item of one word
    .hword EXECUTABLE | SECURE | RP2350
    .byte LAST, 1, 0, 0              @ of one word before it
    .word 0                          @ the next block of the loop is this one
    .word BLOCK_END
