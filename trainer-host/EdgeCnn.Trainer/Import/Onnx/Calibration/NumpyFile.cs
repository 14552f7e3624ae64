using System;
using System.Buffers.Binary;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;

namespace EdgeCnn.Trainer.Import.Onnx.Calibration;

/// <summary>Reads arrays that NumPy has saved (numpy.org, "numpy.lib.format"): versions 1 to 3, little-endian numbers, C order.</summary>
internal static partial class NumpyFile
{
    private const int MaxBytes = 1 << 30;

    /// <summary>Reads a file.</summary>
    /// <exception cref="ImportException">It is not one, or holds something else than numbers in C order.</exception>
    public static FloatTensor Read(string path)
    {
        var file = new FileInfo(path);
        if (file.Length > MaxBytes) throw new ImportException($"{path}: {file.Length} bytes; at most {MaxBytes}");
        return Read(File.ReadAllBytes(path), path);
    }

    internal static FloatTensor Read(byte[] file, string name)
    {
        if (file.Length < 12 || file[0] != 0x93 || !file.AsSpan(1, 5).SequenceEqual("NUMPY"u8))
            throw new ImportException($"{name}: not a NumPy file");
        int headerAt = file[6] == 1 ? 10 : 12;
        long length = file[6] == 1
            ? BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(8))
            : BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(8));
        if (headerAt + length > file.Length) throw new ImportException($"{name}: the header is cut off");
        string header = Encoding.Latin1.GetString(file, headerAt, (int)length);
        if (Order().Match(header) is not { Success: true } order || order.Groups[1].Value == "True")
            throw new ImportException($"{name}: the array is not in C order; save np.ascontiguousarray of it");
        if (Sizes().Match(header) is not { Success: true } sizes) throw new ImportException($"{name}: the header has no shape");
        int[] shape = [.. sizes.Groups[1].Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(size => int.TryParse(size, out int count) ? count : -1)];
        string type = Type().Match(header).Groups[1].Value;
        int bytes = type.Length > 2 && int.TryParse(type[2..], out int width) ? width : 0;
        ReadOnlySpan<byte> data = file.AsSpan(headerAt + (int)length);
        if (shape.Any(size => size < 0) || data.Length == 0
            || shape.Aggregate(1L, (product, size) => Math.Min(product * size, MaxBytes)) * bytes != data.Length)
            throw new ImportException($"{name}: {data.Length} bytes are not an array of [{string.Join(", ", shape)}] {type}");
        var values = new float[data.Length / bytes];
        for (int i = 0; i < values.Length; i++)
        {
            ReadOnlySpan<byte> at = data[(i * bytes)..];
            values[i] = type switch
            {
                "<f4" => BinaryPrimitives.ReadSingleLittleEndian(at),
                "<f8" => (float)BinaryPrimitives.ReadDoubleLittleEndian(at),
                "<f2" => (float)BinaryPrimitives.ReadHalfLittleEndian(at),
                "|u1" => at[0],
                "|i1" => (sbyte)at[0],
                _ => throw new ImportException($"{name}: numbers of type {type} are not supported; save float32"),
            };
        }
        return new FloatTensor(shape, values);
    }

    [GeneratedRegex(@"'fortran_order':\s*(True|False)")]
    private static partial Regex Order();

    [GeneratedRegex(@"'shape':\s*\(([^)]*)\)")]
    private static partial Regex Sizes();

    [GeneratedRegex("'descr':\\s*'([^']*)'")]
    private static partial Regex Type();
}
