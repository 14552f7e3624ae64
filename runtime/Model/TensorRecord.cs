namespace EdgeCnn;

/// <summary>
/// The 32-byte record of a tensor (FORMAT.md, "TENSORS"). real = scale · (q − zeroPoint); shapes are row-major, the last dimension
/// innermost (NHWC for images). Dimensions beyond the rank are 1.
/// </summary>
public static unsafe class TensorRecord
{
    /// <summary>Bytes of one record.</summary>
    public const int Bytes = 1 << Shift;

    /// <summary>The power of two that it is.</summary>
    internal const int Shift = 5;

    /// <summary>Dimensions a record has room for.</summary>
    public const int MaxRank = 5;

    internal const int ArenaOffsetAt = 0x00;
    internal const int TypeAt = 0x04;
    internal const int RankAt = 0x05;
    internal const int ZeroPointAt = 0x06;
    internal const int ScaleAt = 0x08;
    internal const int DimensionsAt = 0x0C;

    /// <summary>Where the tensor starts in the arena.</summary>
    public static int ArenaOffset(Bytes model, int tensor) => Memory.Int32(model, tensor + ArenaOffsetAt);

    /// <summary>An <see cref="ElementType"/>.</summary>
    public static int Type(Bytes model, int tensor) => model[tensor + TypeAt];

    /// <summary>1 to <see cref="MaxRank"/>.</summary>
    public static int Rank(Bytes model, int tensor) => model[tensor + RankAt];

    /// <summary>The integer that stands for the real number 0.</summary>
    public static int ZeroPoint(Bytes model, int tensor) => Memory.Int16(model, tensor + ZeroPointAt);

    /// <summary>The scale's IEEE 754 single precision bits, for hosts; devices never look at them.</summary>
    public static int ScaleBits(Bytes model, int tensor) => Memory.Int32(model, tensor + ScaleAt);

    /// <summary>Size along <paramref name="axis"/> (0 to 4).</summary>
    public static int Dimension(Bytes model, int tensor, int axis) => Memory.Int32(model, tensor + DimensionsAt + 4 * axis);

    /// <summary>Size along the innermost dimension: the channels.</summary>
    public static int Channels(Bytes model, int tensor) => Dimension(model, tensor, Rank(model, tensor) - 1);

    /// <summary>Number of elements.</summary>
    public static int Elements(Bytes model, int tensor)
    {
        int product = 1;
        for (int axis = 0; axis < MaxRank; axis++) product *= Dimension(model, tensor, axis);
        return product;
    }

    /// <summary>Bytes in the arena.</summary>
    public static int ByteCount(Bytes model, int tensor) =>
        Elements(model, tensor) * ElementType.Bytes(Type(model, tensor));
}
