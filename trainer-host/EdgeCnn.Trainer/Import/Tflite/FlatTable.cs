using System;
using System.Buffers.Binary;
using System.Text;

namespace EdgeCnn.Trainer.Import.Tflite;

/// <summary>
/// A table of a flatbuffer, read field by field and never outside the file (flatbuffers.dev, "FlatBuffer internals"): a table begins
/// with the signed distance back to its vtable, which holds its own size, the table's size, and the position of every field in it, or 0
/// for one that has its default.
/// </summary>
/// <param name="source">The whole file.</param>
/// <param name="position">Where the table begins.</param>
public readonly struct FlatTable(FlatFile source, int position)
{
    /// <summary>The table that the first four bytes of a file point to.</summary>
    public static FlatTable Root(ReadOnlyMemory<byte> file) => new(new FlatFile(file), Target(file, 0));

    /// <summary>Whether this is a table at all; a missing one has only defaults.</summary>
    public bool Exists => position > 0;

    /// <summary>A signed 8-bit field.</summary>
    public int Int8(int field, int missing = 0) => FieldAt(field) is var at and > 0 ? (sbyte)Read(at, 1)[0] : missing;

    /// <summary>A boolean field.</summary>
    public bool Bool(int field) => FieldAt(field) is var at and > 0 && Read(at, 1)[0] != 0;

    /// <summary>A signed 32-bit field.</summary>
    public int Int32(int field, int missing = 0) =>
        FieldAt(field) is var at and > 0 ? BinaryPrimitives.ReadInt32LittleEndian(Read(at, 4)) : missing;

    /// <summary>A single-precision field.</summary>
    public float Single(int field, float missing = 0) =>
        FieldAt(field) is var at and > 0 ? BinaryPrimitives.ReadSingleLittleEndian(Read(at, 4)) : missing;

    /// <summary>A table field.</summary>
    public FlatTable Table(int field) => FieldAt(field) is var at and > 0 ? new FlatTable(source, Target(source.Bytes, at)) : default;

    /// <summary>A vector of tables.</summary>
    public FlatTable[] Tables(int field)
    {
        (int start, int count) = Vector(field, 4);
        var tables = new FlatTable[count];
        for (int i = 0; i < count; i++) tables[i] = new FlatTable(source, Target(source.Bytes, start + 4 * i));
        return tables;
    }

    /// <summary>A vector of signed 32-bit integers.</summary>
    public int[] Int32s(int field)
    {
        (int start, int count) = Vector(field, 4);
        int[] values = new int[count];
        for (int i = 0; i < count; i++) values[i] = BinaryPrimitives.ReadInt32LittleEndian(Read(start + 4 * i, 4));
        return values;
    }

    /// <summary>A vector of signed 64-bit integers.</summary>
    public long[] Int64s(int field)
    {
        (int start, int count) = Vector(field, 8);
        long[] values = new long[count];
        for (int i = 0; i < count; i++) values[i] = BinaryPrimitives.ReadInt64LittleEndian(Read(start + 8 * i, 8));
        return values;
    }

    /// <summary>A vector of single-precision numbers.</summary>
    public float[] Singles(int field)
    {
        (int start, int count) = Vector(field, 4);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) values[i] = BinaryPrimitives.ReadSingleLittleEndian(Read(start + 4 * i, 4));
        return values;
    }

    /// <summary>A vector of bytes, in place.</summary>
    public ReadOnlyMemory<byte> Bytes(int field)
    {
        (int start, int count) = Vector(field, 1, isCopied: false);
        return source?.Bytes.Slice(start, count) ?? default;
    }

    /// <summary>A string.</summary>
    public string Text(int field) => Encoding.UTF8.GetString(Bytes(field).Span);

    /// <summary>The position of a field's value, 0 when the table does not have it.</summary>
    private int FieldAt(int field)
    {
        if (!Exists) return 0;
        long vtable = (long)position - BinaryPrimitives.ReadInt32LittleEndian(Read(position, 4));
        int entry = 4 + 2 * field;
        if (entry + 2 > BinaryPrimitives.ReadUInt16LittleEndian(Read(vtable, 2))) return 0;
        int offset = BinaryPrimitives.ReadUInt16LittleEndian(Read(vtable + entry, 2));
        return offset == 0 ? 0 : position + offset;
    }

    /// <summary>First element and count of a vector; all of it lies inside the file.</summary>
    private (int Start, int Count) Vector(int field, int elementBytes, bool isCopied = true)
    {
        int at = FieldAt(field);
        if (at == 0) return (0, 0);
        int vector = Target(source.Bytes, at), count = BinaryPrimitives.ReadInt32LittleEndian(Read(vector, 4));
        if (count < 0 || vector + 4L + (long)count * elementBytes > source.Bytes.Length)
            throw Damaged(vector, $"a vector of {(uint)count} elements does not fit");
        if (isCopied && !source.MayCopy((long)count * elementBytes)) throw Damaged(vector, "its vectors lie upon each other");
        return (vector + 4, count);
    }

    private ReadOnlySpan<byte> Read(long at, int count) => Read(source.Bytes, at, count);

    /// <summary>Follows the unsigned offset at <paramref name="at"/>.</summary>
    private static int Target(ReadOnlyMemory<byte> file, int at)
    {
        long target = at + (long)BinaryPrimitives.ReadUInt32LittleEndian(Read(file, at, 4));
        return target > 0 && target <= file.Length - 4 ? (int)target : throw Damaged(at, "an offset points outside the file");
    }

    private static ReadOnlySpan<byte> Read(ReadOnlyMemory<byte> file, long at, int count) =>
        at >= 0 && at <= file.Length - count ? file.Span.Slice((int)at, count) : throw Damaged(at, "the file ends here");

    private static ImportException Damaged(long at, string what) =>
        new($"the file is damaged: {what} (byte 0x{at:x}); get it again from where it came");
}
