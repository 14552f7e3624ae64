@ From a sum to an output (runtime/Arithmetic/Requantize.cs): clamp to 8 bits of zero + round(round(2^left * sum * multiplier / 2^31) / 2^right).

@ twice = 2 * multiplier - 2^32, for multipliers from 2^30 on, so that round(sum * multiplier / 2^31) is what SMMLAR computes:
@ (sum * 2^32 + sum * twice + 2^31) / 2^32. right: 1 to 31, no left shift.
    .macro scale sum, twice, right, zero
    smmlar \sum, \sum, \twice, \sum
    add \sum, \sum, \sum, asr #31    @ one less for negative numbers: ties go away from zero
    asrs \sum, \right                @ carry: the last bit that falls out
    adc \sum, \zero
    ssat \sum, #8, \sum
    .endm

@ Any multiplier; shift: left where positive, right where negative.
    .macro scale_any sum, multiplier, shift, zero, temp1, temp2
    cmp \shift, #0
    it gt
    lslgt \sum, \shift
    smull \temp1, \sum, \sum, \multiplier
    adds \temp1, #0x40000000         @ half of 2^31: ties go up
    adc \sum, #0
    lsr \temp1, #31
    orr \sum, \temp1, \sum, lsl #1
    rsbs \temp2, \shift, #0
    ble 10f
    add \sum, \sum, \sum, asr #31
    asrs \sum, \temp2
    adc \sum, #0
10: add \sum, \zero
    ssat \sum, #8, \sum
    .endm
