@ From a sum to an output (runtime/Arithmetic/Requantize.cs): clamp to 8 bits of
@ zero + round(round(2^left * sum * multiplier / 2^31) / 2^right).

@ twice = 2 * multiplier - 2^32, for multipliers from 2^30 on, so that round(sum * multiplier / 2^31) is what SMMLAR computes:
@ (sum * 2^32 + sum * twice + 2^31) / 2^32. right: 1 to 31, no left shift.
    .macro scale sum, twice, right, zero
    smmlar \sum, \sum, \twice, \sum
    add \sum, \sum, \sum, asr #31    @ one less for negative numbers: ties go away from zero
    asrs \sum, \right                @ carry: the last bit that falls out
    adc \sum, \zero
    ssat \sum, #8, \sum
    .endm

@ value = round(round(2^left * value * multiplier / 2^31) / 2^right): any multiplier; shift: left where positive, right where negative.
    .macro multiply value, multiplier, shift, temp1, temp2
    cmp \shift, #0
    it gt
    lslgt \value, \shift
    smull \temp1, \value, \value, \multiplier
    adds \temp1, #0x40000000         @ half of 2^31: ties go up
    adc \value, #0
    lsr \temp1, #31
    orr \value, \temp1, \value, lsl #1
    rsbs \temp2, \shift, #0
    ble 10f
    add \value, \value, \value, asr #31
    asrs \value, \temp2
    adc \value, #0
10:
    .endm
