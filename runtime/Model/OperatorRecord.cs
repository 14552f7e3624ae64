namespace EdgeCnn;

/// <summary>
/// The part that all 32-byte operator records share (FORMAT.md, "OPERATORS"); the last 12 bytes belong to the operator and are
/// described in its own folder.
/// </summary>
public static unsafe class OperatorRecord
{
    /// <summary>Bytes of one record.</summary>
    public const int Bytes = 1 << Shift;

    /// <summary>The power of two that it is.</summary>
    internal const int Shift = 5;

    /// <summary>Stands for "no tensor" in a tensor index field.</summary>
    public const int NoTensor = 0xFFFF;

    /// <summary>Flag: one multiplier and shift per output channel instead of one for all.</summary>
    public const int PerChannel = 1;

    /// <summary>Flag: the first four own bytes are the file offset of a block in the PARAMS section.</summary>
    public const int HasParams = 2;

    /// <summary>Flag: the params block begins with the tensor numbers of all inputs, uint16 each; the two own bytes after its offset
    /// are their count.</summary>
    public const int InputList = 4;

    /// <summary>Flag: the field of the second input holds a number of the operator's own instead of a tensor number.</summary>
    public const int HasNumber = 8;

    /// <summary>The flags apart from the tile and the form.</summary>
    internal const int OwnFlags = 15;

    /// <summary>Bits 4 to 6 of the flags are the <see cref="TileCode"/> that the operator is laid out for.</summary>
    internal const int TileShift = 4;

    /// <summary>Flag: a lowered convolution is laid out for <see cref="Winograd"/>; a lowered fully connected layer has its weights in the
    /// order of the source.</summary>
    internal const int AlternateForm = 0x80;

    internal const int CodeAt = 0x00;
    internal const int FlagsAt = 0x01;
    internal const int InputAt = 0x02;
    internal const int OutputAt = 0x04;
    internal const int Input2At = 0x06;
    internal const int WeightsAt = 0x08;
    internal const int RequantAt = 0x0C;
    internal const int ScratchAt = 0x10;
    internal const int OwnAt = 0x14;

    /// <summary>Which operator this is: the <c>Code</c> constant of a class under Operators/.</summary>
    public static int Code(Bytes model, int op) => model[op + CodeAt];

    /// <summary>True when every output channel has its own multiplier and shift.</summary>
    public static bool IsPerChannel(Bytes model, int op) => (model[op + FlagsAt] & PerChannel) != 0;

    /// <summary>The <see cref="TileCode"/> that weights, requantization block and scratch are laid out for; 0 unless lowered.</summary>
    internal static int Tile(Bytes model, int op) => (model[op + FlagsAt] & ~AlternateForm) >> TileShift;

    /// <summary>Whether weights and scratch of a lowered convolution are those of <see cref="Winograd"/>.</summary>
    internal static bool IsWinograd(Bytes model, int op) => HasAlternateForm(model, op) && Code(model, op) == Conv2D.Code;

    /// <summary>Whether the weights of a lowered fully connected layer are rows, as in its source.</summary>
    internal static bool IsRowForm(Bytes model, int op) => HasAlternateForm(model, op) && Code(model, op) == FullyConnected.Code;

    /// <summary>Whether a lowered operator is laid out in the other one of two ways.</summary>
    internal static bool HasAlternateForm(Bytes model, int op) => (model[op + FlagsAt] & AlternateForm) != 0;

    /// <summary>Bytes of the biases at the begin of the requantization block; a lowered operator has whole blocks of 16.</summary>
    internal static int BiasBytes(Bytes model, int op)
    {
        int channels = TensorRecord.Channels(model, Output(model, op));
        return 4 * (Tile(model, op) == TileCode.Portable ? channels : (channels + 15) & ~15);
    }

    /// <summary>File offset of the input tensor's record.</summary>
    public static int Input(Bytes model, int op) => ModelFile.Tensor(model, Memory.UInt16(model, op + InputAt));

    /// <summary>File offset of the output tensor's record.</summary>
    public static int Output(Bytes model, int op) => ModelFile.Tensor(model, Memory.UInt16(model, op + OutputAt));

    /// <summary>File offset of the weights, 0 when the operator has none.</summary>
    public static int Weights(Bytes model, int op) => Memory.Int32(model, op + WeightsAt);

    /// <summary>File offset of the requantization block, 0 when the operator has none: int32 bias[channels], int32 multiplier[m],
    /// int8 shift[m], with m = channels when per channel, else 1.</summary>
    public static int Requant(Bytes model, int op) => Memory.Int32(model, op + RequantAt);

    /// <summary>Arena offset of the scratch memory; 0 when the operator needs none.</summary>
    public static int Scratch(Bytes model, int op) => Memory.Int32(model, op + ScratchAt);

    /// <summary>File offset of the operator's block in the PARAMS section, 0 when it has none.</summary>
    public static int Params(Bytes model, int op) => (model[op + FlagsAt] & HasParams) == 0 ? 0 : Memory.Int32(model, op + OwnAt);

    /// <summary>Number of input tensors.</summary>
    public static int InputCount(Bytes model, int op)
    {
        if ((model[op + FlagsAt] & InputList) != 0) return Memory.UInt16(model, op + OwnAt + 4);
        return HasSecondInput(model, op) ? 2 : 1;
    }

    /// <summary>Tensor number of input <paramref name="index"/>.</summary>
    public static int InputIndex(Bytes model, int op, int index)
    {
        if ((model[op + FlagsAt] & InputList) != 0) return Memory.UInt16(model, Params(model, op) + 2 * index);
        return Memory.UInt16(model, op + (index == 0 ? InputAt : Input2At));
    }

    /// <summary>Whether the record itself names a second input tensor.</summary>
    public static bool HasSecondInput(Bytes model, int op) =>
        (model[op + FlagsAt] & HasNumber) == 0 && Memory.UInt16(model, op + Input2At) != NoTensor;

    /// <summary>The number in place of a second input; 0 when there is none.</summary>
    public static int Number(Bytes model, int op) => (model[op + FlagsAt] & HasNumber) == 0 ? 0 : Memory.UInt16(model, op + Input2At);

    /// <summary>File offset of the second input tensor's record; it has one.</summary>
    public static int Input2(Bytes model, int op) => ModelFile.Tensor(model, Memory.UInt16(model, op + Input2At));

    /// <summary>Whether the operator reads tensor number <paramref name="tensor"/>.</summary>
    public static bool Reads(Bytes model, int op, int tensor)
    {
        for (int i = InputCount(model, op) - 1; i >= 0; i--)
            if (InputIndex(model, op, i) == tensor) return true;
        return false;
    }
}
