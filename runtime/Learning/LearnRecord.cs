namespace EdgeCnn;

/// <summary>
/// One operator on the way back, 64 bytes (FORMAT.md, "LEARN"): which error it reads, which it gives, what of it trains, and where all that
/// lies. Arena offsets come out with <see cref="LearnFile.Base"/> added.
/// </summary>
internal static unsafe class LearnRecord
{
    /// <summary>Bytes of one record.</summary>
    internal const int Bytes = 64;

    /// <summary>Flag: weights learn. Biases do, too, then.</summary>
    internal const int TrainsWeights = 1;

    /// <summary>Flag: biases learn.</summary>
    internal const int TrainsBiases = 2;

    /// <summary>Flag: the error of the input is wanted.</summary>
    internal const int GivesInputError = 4;

    /// <summary>Flag: the error of the second input is wanted.</summary>
    internal const int GivesInput2Error = 8;

    /// <summary>Flag: the error of the input is there already, from another operator that reads it, and this one is added.</summary>
    internal const int AddsToInputError = 16;

    /// <summary>Flag: the same for the second input.</summary>
    internal const int AddsToInput2Error = 32;

    internal const int OperatorAt = 0x00;
    internal const int FlagsAt = 0x02;
    internal const int InputIndexAt = 0x03;
    internal const int MaskMinAt = 0x04;
    internal const int MaskMaxAt = 0x06;
    internal const int MaskAt = 0x08;
    internal const int OutputErrorAt = 0x0C;
    internal const int InputErrorAt = 0x10;
    internal const int Input2ErrorAt = 0x14;
    internal const int FreshErrorAt = 0x18;
    internal const int SavedInputAt = 0x1C;
    internal const int WeightsAt = 0x20;
    internal const int FractionsAt = 0x24;
    internal const int BiasesAt = 0x28;
    internal const int VelocityAt = 0x2C;
    internal const int ScratchAt = 0x30;
    internal const int StepsAt = 0x34;
    internal const int FirstChannelAt = 0x38;
    internal const int ChannelsAt = 0x3A;
    internal const int ChannelsAtOnceAt = 0x3C;
    internal const int BackExponentAt = 0x3E;
    internal const int BackShiftAt = 0x3F;

    /// <summary>Bytes of the step block of an operator with <paramref name="channels"/> output channels: uint16 back[channels], uint16
    /// weight[channels], uint16 bias[channels], int8 weightShift[channels], int8 biasShift[channels].</summary>
    internal static int StepBytes(int channels) => 8 * channels;

    /// <summary>Number of the operator.</summary>
    internal static int Operator(Bytes model, int record) => Memory.UInt16(model, record + OperatorAt);

    /// <summary>Whether a flag is set.</summary>
    internal static bool Has(Bytes model, int record, int flag) => (model[record + FlagsAt] & flag) != 0;

    /// <summary>Which of several inputs the record is about.</summary>
    internal static int InputIndex(Bytes model, int record) => model[record + InputIndexAt];

    /// <summary>An arena offset, from the field at <paramref name="field"/>.</summary>
    internal static int Place(Bytes model, int record, int field) => LearnFile.Base(model) + Memory.Int32(model, record + field);

    /// <summary>Whether the field at <paramref name="field"/> names a place.</summary>
    internal static bool HasPlace(Bytes model, int record, int field) => Memory.Int32(model, record + field) != 0;

    /// <summary>First output channel whose weights learn.</summary>
    internal static int FirstChannel(Bytes model, int record) => Memory.UInt16(model, record + FirstChannelAt);

    /// <summary>Output channels whose weights learn.</summary>
    internal static int Channels(Bytes model, int record) => Memory.UInt16(model, record + ChannelsAt);

    /// <summary>Output channels whose gradients are summed at the same time.</summary>
    internal static int ChannelsAtOnce(Bytes model, int record) => Memory.UInt16(model, record + ChannelsAtOnceAt);

    /// <summary>Exponent of the scale that <see cref="Back"/> is relative to.</summary>
    internal static int BackExponent(Bytes model, int record) => (sbyte)model[record + BackExponentAt];

    /// <summary>Bits that errors lose on the way back so that their sums fit 32 bits.</summary>
    internal static int BackShift(Bytes model, int record) => model[record + BackShiftAt];

    /// <summary>Weight scale of output channel <paramref name="c"/> in 1/2¹⁵ of 2^<see cref="BackExponent"/>.</summary>
    internal static int Back(Bytes model, int record, int c) => Memory.UInt16(model, Steps(model, record) + 2 * c);

    /// <summary>Mantissa of rate · input scale / weight scale.</summary>
    internal static int WeightStep(Bytes model, int record, int channels, int c) => Memory.UInt16(model, Steps(model, record) + 2 * (channels + c));

    /// <summary>Negative exponent of rate · input scale / weight scale.</summary>
    internal static int WeightShift(Bytes model, int record, int channels, int c) => (sbyte)model[Steps(model, record) + 6 * channels + c];

    /// <summary>Mantissa of rate / (input scale · weight scale).</summary>
    internal static int BiasStep(Bytes model, int record, int channels, int c) => Memory.UInt16(model, Steps(model, record) + 2 * (2 * channels + c));

    /// <summary>Negative exponent of rate / (input scale · weight scale).</summary>
    internal static int BiasShift(Bytes model, int record, int channels, int c) => (sbyte)model[Steps(model, record) + 7 * channels + c];

    /// <summary>File offset of the step block, or of a table of derivatives.</summary>
    internal static int Steps(Bytes model, int record) => LearnFile.Section(model) + Memory.Int32(model, record + StepsAt);
}
