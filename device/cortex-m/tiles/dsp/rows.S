@ Whole rows of outputs with the DSP extension: products, sums and requantization (runtime/Arithmetic/Requantize.cs) in one go. Activations
@ are widened to 16 bits once, on the stack, and serve all channels. A word of four neighbours a, b, c, d becomes (a, c) and (b, d),
@ as SXTB16 makes them; a depth that is no multiple of four ends in a word that overlaps the one before, with zeros where it does.

#include "routine.h"
#include "scale.h"

    .set MULTIPLIERS, 0              @ the frame: what goes on from channel to channel
    .set SHIFTS, 4
    .set STEP, 8
    .set BIAS, 12
    .set OUTPUTS, 16                 @ of both rows, or
    .set WORDS_END, 20               @ where the whole words end
    .set CHANNELS, 24
    .set WIDENED, 28
    .set ODD, 32                     @ whole words, the lowest bit
    .set BACK, 36                    @ bytes by which the last word overlaps the one before; 0: there is none
    .set ZERO_POINT, 40
    .set CALLER, 44
    .set FRAME, 48

    .macro pairs even, odd, from     @ bytes 0, 2 and 1, 3 of a word as 16-bit numbers; from may be even
    sxtb16 \odd, \from, ror #8
    sxtb16 \even, \from
    .endm

@ Opens a frame below widened rows for the row (1) or both (2). In: output r1, block r2, the second row's output r3 bytes later. Out: r1
@ weights, r2 depth, r6 widened rows, r7 whole words.
    .macro open_frame rows
    mov ip, r2
    mov lr, r1
    ldm ip, {r2, r4-r10}             @ depth, weights, channels, bias, multipliers, shifts, step, zero point
    add r11, r2, #3
    bic r11, #3
    sub r1, sp, r11, lsl #\rows
    bic r11, r1, #7
    mov ip, sp
    sub r1, r11, #FRAME
    mov sp, r1
    mov r1, r4
    strd r7, r8, [sp, #MULTIPLIERS]
    strd r9, r6, [sp, #STEP]
    add r3, lr
    strd lr, r3, [sp, #OUTPUTS]
    strd r5, r11, [sp, #CHANNELS]
    lsr r7, r2, #2
    rsb r8, r2, #0
    and r8, #3
    strd r7, r8, [sp, #ODD]
    strd r10, ip, [sp, #ZERO_POINT]
    mov r6, r11
    .endm

    .macro last_word to, row, bits   @ the overlapping word at row, without the bytes that the word before had
    ldr \to, [\row]
    lsr \to, \bits
    lsl \to, \bits
    .endm

@ void two_rows(int8* rows, int8* output, RowBlock* block, int outputStride): rows are depth >= 4 apart; channels >= 2. The outputs are
@ clamped to 8 bits.
    routine two_rows
    push {r4-r11, lr}
    open_frame 2
    add r5, r0, r2                   @ row 1
1:  ldr r8, [r0], #4
    ldr r10, [r5], #4
    pairs r8, r9, r8
    pairs r10, r11, r10
    stm r6!, {r8-r11}
    subs r7, #1
    bne 1b
    mov ip, r6                       @ end of the whole words
    ldr r7, [sp, #BACK]
    cmp r7, #0
    beq 2f
    sub r0, r7
    sub r5, r7
    lsls r7, #3
    last_word r8, r0, r7
    last_word r10, r5, r7
    pairs r8, r9, r8
    pairs r10, r11, r10
    stm r6!, {r8-r11}
2:  mov r3, ip

    .macro group                     @ four places of two rows by two channels
    ldm r0!, {r8-r11}
    ldr ip, [r1, r2]
    pairs ip, lr, ip
    smlad r5, r8, ip, r5
    smlad r5, r9, lr, r5
    smlad r7, r10, ip, r7
    smlad r7, r11, lr, r7
    ldr ip, [r1], #4
    pairs ip, lr, ip
    smlad r4, r8, ip, r4
    smlad r4, r9, lr, r4
    smlad r6, r10, ip, r6
    smlad r6, r11, lr, r6
    .endm

3:  ldr ip, [sp, #BIAS]
    ldrd r4, r5, [ip], #8
    str ip, [sp, #BIAS]
    mov r6, r4
    mov r7, r5
    ldrd r0, ip, [sp, #WIDENED]
    lsls ip, #31
    bne 5f
4:  group
5:  group
    cmp r0, r3
    bne 4b
    ldr ip, [sp, #BACK]
    cmp ip, #0
    beq 6f
    sub r1, ip
    group
6:  add r1, r2                       @ the next two channels
    ldm sp, {r0, r8, lr}
    ldr r9, [r0]
    ldr r10, [r0, lr, lsl #2]
    ldrsb r11, [r8]
    ldrsb ip, [r8, lr]
    add r0, r0, lr, lsl #3
    add r8, r8, lr, lsl #1
    stm sp, {r0, r8}
    ldr r8, [sp, #ZERO_POINT]
    lsls r0, r9, #1
    bpl 9f
    lsls lr, r10, #1
    bpl 9f
    cmp r11, #0
    bge 9f
    cmp ip, #0
    bge 9f
    rsb r11, #0
    rsb ip, #0
    scale r4, r0, r11, r8
    scale r6, r0, r11, r8
    scale r5, lr, ip, r8
    scale r7, lr, ip, r8
7:  ldrd r0, r8, [sp, #OUTPUTS]
    strb r4, [r0], #1
    strb r5, [r0], #1
    strb r6, [r8], #1
    strb r7, [r8], #1
    strd r0, r8, [sp, #OUTPUTS]
    ldr r9, [sp, #CHANNELS]
    subs r9, #2
    str r9, [sp, #CHANNELS]
    bgt 8f
    ldr sp, [sp, #CALLER]
    pop {r4-r11, pc}
8:  cmp r9, #1
    bne 3b
    sub r1, r2                       @ an odd number of channels: the last but one once more
    ldm sp, {r4-r7}
    sub r4, r4, r6, lsl #2
    sub r5, r6
    subs r7, #4
    stm sp, {r4-r7}
    subs r0, #1
    sub r8, #1
    strd r0, r8, [sp, #OUTPUTS]
    b 3b
9:  push {r1-r3}                     @ any multiplier and shift
    mov r1, r9
    mov r2, r11
    mov r3, r8
    mov r0, r4
    bl scale_any
    mov r4, r0
    mov r0, r6
    bl scale_any
    mov r6, r0
    mov r1, r10
    mov r2, ip
    mov r0, r5
    bl scale_any
    mov r5, r0
    mov r0, r7
    bl scale_any
    mov r7, r0
    pop {r1-r3}
    b 7b

@ void one_row(int8* row, int8* output, RowBlock* block): the same of one row, for channels >= 4.
    routine one_row
    push {r4-r11, lr}
    open_frame 1
1:  ldr r8, [r0], #4
    pairs r8, r9, r8
    stm r6!, {r8, r9}
    subs r7, #1
    bne 1b
    mov lr, r6                       @ end of the whole words
    ldr r7, [sp, #BACK]
    cmp r7, #0
    beq 2f
    sub r0, r7
    lsls r7, #3
    last_word r8, r0, r7
    pairs r8, r9, r8
    stm r6!, {r8, r9}
2:  str lr, [sp, #WORDS_END]

    .macro product sum
    pairs r10, r11, r10
    smlad \sum, r8, r10, \sum
    smlad \sum, r9, r11, \sum
    .endm

    .macro single_group              @ four places of a row by four channels
    ldrd r8, r9, [r0], #8
    ldr r10, [r1, r2]
    product r5
    ldr r10, [r1, r2, lsl #1]
    product r6
    ldr r10, [r1], #4
    product r4
    ldr r10, [r3], #4
    product r7
    .endm

3:  ldr ip, [sp, #BIAS]
    ldrd r4, r5, [ip], #8
    ldrd r6, r7, [ip], #8
    str ip, [sp, #BIAS]
    add r3, r2, r2, lsl #1
    add r3, r1                       @ the fourth channel
    ldr lr, [sp, #WORDS_END]
    ldrd r0, ip, [sp, #WIDENED]
    lsls ip, #31                     @ carry: two words more than whole fours; sign: one more
    bcs 7f
    bmi 5f
4:  single_group
8:  single_group
9:  single_group
5:  single_group
    cmp r0, lr
    bne 4b
    ldr ip, [sp, #BACK]
    cmp ip, #0
    beq 6f
    sub r1, ip
    sub r3, ip
    single_group
    b 6f
7:  bmi 8b
    b 9b
6:  mov r1, r3                       @ the next four channels
    ldm sp, {r8-r10}                 @ multipliers, shifts, step
    ldr r11, [sp, #ZERO_POINT]
    ldr r3, [sp, #OUTPUTS]

    .macro output sum
    ldr ip, [r8]
    ldrsb lr, [r9]
    add r8, r8, r10, lsl #2
    add r9, r10
    rsbs lr, #0
    ble any_\sum
    lsls r0, ip, #1
    bpl any_\sum
    scale \sum, r0, lr, r11
any_\sum\()_done:
    strb \sum, [r3], #1
    .endm

    output r4
    output r5
    output r6
    output r7
    stm sp, {r8, r9}
    str r3, [sp, #OUTPUTS]
    ldr r9, [sp, #CHANNELS]
    subs r9, #4
    str r9, [sp, #CHANNELS]
    bgt 9f
    ldr sp, [sp, #CALLER]
    pop {r4-r11, pc}
9:  cmp r9, #4
    bge 3b
    rsb r9, #4                       @ fewer than four channels are left: some of the last four once more
    mls r1, r9, r2, r1
    ldm sp, {r4-r7}
    mls r8, r9, r6, r5
    lsls r10, r9, #2
    mls r4, r10, r6, r4
    mov r5, r8
    sub r7, r10
    stm sp, {r4-r7}
    sub r3, r9
    str r3, [sp, #OUTPUTS]
    movs r9, #4
    str r9, [sp, #CHANNELS]
    b 3b

    .macro output_any sum            @ the rest of output for any multiplier and shift
any_\sum:
    push {r1, lr}
    mov r0, \sum
    bl any
    mov \sum, r0
    pop {r1, lr}
    b any_\sum\()_done
    .endm

    output_any r4
    output_any r5
    output_any r6
    output_any r7
any:
    push {r2, r3, lr}
    ldr r2, [sp, #16]                @ lr of any_sum: the shift to the right
    rsbs r2, #0
    mov r1, ip
    mov r3, r11
    bl scale_any
    pop {r2, r3, pc}

@ int scale_any(int sum, int multiplier, int shift, int zero): the output of a sum, and nothing else changes.
scale_any:
    push {r4, r5, lr}
    multiply r0, r1, r2, r4, r5
    add r0, r3
    ssat r0, #8, r0
    pop {r4, r5, pc}
