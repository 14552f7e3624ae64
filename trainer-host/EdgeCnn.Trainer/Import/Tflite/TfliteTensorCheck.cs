using System.Linq;

namespace EdgeCnn.Trainer.Import.Tflite;

/// <summary>What every tensor must fulfil before an operator looks at it: as much data as its shape says, numbers that its type can hold.</summary>
internal static class TfliteTensorCheck
{
    /// <summary>Refuses a tensor that contradicts itself.</summary>
    /// <exception cref="ImportException">Its data, scales or zero points do not fit its shape and type.</exception>
    public static void Require(TfliteTensor tensor)
    {
        if (tensor.IsConstant && Bits(tensor.Type) is > 0 and var bits && tensor.Data.Length != ((long)tensor.Elements * bits + 7) / 8)
            throw new ImportException($"{tensor} has {tensor.Data.Length} bytes of data");
        if (tensor.Scales.Any(scale => !float.IsFinite(scale) || float.IsNegative(scale)))
            throw new ImportException($"{tensor} has an impossible scale; scales are finite and not negative, −0 included");
        (long min, long max) = Range(tensor.Type);
        if (tensor.ZeroPoints.Any(zeroPoint => zeroPoint < min || zeroPoint > max))
            throw new ImportException($"{tensor} has a zero point outside {min} … {max}");
    }

    /// <summary>Bits of an element; 0 for a type that is not imported.</summary>
    private static int Bits(TfliteType type) => type switch
    {
        TfliteType.Int4 => 4,
        TfliteType.Int8 or TfliteType.UInt8 => 8,
        TfliteType.Int16 => 16,
        TfliteType.Int32 or TfliteType.Float32 => 32,
        TfliteType.Int64 => 64,
        _ => 0,
    };

    private static (long Min, long Max) Range(TfliteType type) => type switch
    {
        TfliteType.Int4 => (-8, 7),
        TfliteType.Int8 => (sbyte.MinValue, sbyte.MaxValue),
        TfliteType.UInt8 => (0, byte.MaxValue),
        TfliteType.Int16 => (short.MinValue, short.MaxValue),
        _ => (int.MinValue, int.MaxValue),
    };
}
