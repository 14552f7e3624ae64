namespace EdgeCnn;

/// <summary>Element types of tensors, all little-endian.</summary>
public static class ElementType
{
    /// <summary>Signed 8-bit integer.</summary>
    public const int Int8 = 1;

    /// <summary>Signed 16-bit integer.</summary>
    public const int Int16 = 2;

    /// <summary>Signed 32-bit integer: indices and counts, not quantized.</summary>
    public const int Int32 = 3;

    /// <summary>Unsigned 8-bit integer, at the edges of a model only.</summary>
    public const int UInt8 = 4;

    /// <summary>Bytes of one element; 0 for a type this version does not know.</summary>
    public static int Bytes(int type) => type switch
    {
        Int8 or UInt8 => 1,
        Int16 => 2,
        Int32 => 4,
        _ => 0,
    };

    /// <summary>Smallest value.</summary>
    public static int Min(int type) => type switch
    {
        Int8 => -128,
        Int16 => -32768,
        Int32 => int.MinValue,
        _ => 0,
    };

    /// <summary>Largest value.</summary>
    public static int Max(int type) => type switch
    {
        Int8 => 127,
        Int16 => 32767,
        Int32 => int.MaxValue,
        _ => 255,
    };
}
