@ value = round(round(value * multiplier / 2^31) * 2^shift) of four numbers; shift <= 0; ties go up first, then away from zero.
@ temp is used.
    .macro vector_scale value, multiplier, shift, temp
    vqrdmulh.s32 \value, \value, \multiplier
    vand \temp, \value, \shift       @ the sign: of negative numbers that will be shifted
    vshr.s32 \temp, \temp, #31
    vqadd.s32 \value, \value, \temp
    vrshl.s32 \value, \value, \shift
    .endm

@ Clamps four numbers to 8 bits; they are the lowest bytes of their lanes.
    .macro narrow value
    vqmovnb.s32 \value, \value
    vqmovnb.s16 \value, \value
    .endm
