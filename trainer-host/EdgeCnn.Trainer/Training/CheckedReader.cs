using System;
using System.Buffers.Binary;
using System.IO;
using System.Text;

namespace EdgeCnn.Trainer.Training;

/// <summary>Reads what <see cref="CheckedWriter"/> wrote; whatever else it is given, it refuses, naming the byte.</summary>
internal sealed class CheckedReader
{
    private const int CrcBytes = sizeof(uint);
    private readonly string _path;
    private readonly byte[] _bytes;
    private int _position;

    /// <summary>Reads the whole file and checks its frame.</summary>
    /// <param name="path">The file.</param>
    /// <param name="magic">The letters that it must begin with.</param>
    /// <param name="version">The version that it must have.</param>
    /// <param name="what">What the file should be, for messages.</param>
    /// <exception cref="InvalidDataException">It is damaged or something else.</exception>
    public CheckedReader(string path, ReadOnlySpan<byte> magic, uint version, string what)
    {
        (_path, _bytes) = (path, File.ReadAllBytes(path));
        if (_bytes.Length < magic.Length + sizeof(uint) + CrcBytes || !_bytes.AsSpan().StartsWith(magic))
            throw Wrong($"this is not {what}");
        _position = magic.Length;
        var found = (uint)ReadInt32();
        if (found != version)
            throw Wrong($"version {found} is unknown; this program reads version {version}");
        var crc = CheckedWriter.CrcOf(_bytes.AsSpan(0, _bytes.Length - CrcBytes));
        if (crc != BinaryPrimitives.ReadUInt32LittleEndian(_bytes.AsSpan(^CrcBytes..)))
            throw Wrong("the file is damaged: its checksum is wrong; copy or make it again");
    }

    public int ReadInt32() => BinaryPrimitives.ReadInt32LittleEndian(Take(sizeof(int)));

    public long ReadInt64() => BinaryPrimitives.ReadInt64LittleEndian(Take(sizeof(long)));

    public ulong ReadUInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(sizeof(ulong)));

    public double ReadDouble() => BinaryPrimitives.ReadDoubleLittleEndian(Take(sizeof(double)));

    public string ReadText() => Encoding.UTF8.GetString(Take((uint)ReadInt32()));

    public void Expect(int expected, string what)
    {
        var found = ReadInt32();
        if (found != expected)
            throw Wrong($"{found} {what} where the recipe has {expected}");
    }

    public void Expect(string expected, string what)
    {
        var found = ReadText();
        if (found != expected)
            throw Wrong($"{what} '{found}' where the recipe has '{expected}'");
    }

    public void ReadValues(Span<float> values, string what)
    {
        Expect(values.Length, $"values of {what}");
        var source = Take((uint)values.Length * sizeof(float));
        for (var i = 0; i < values.Length; i++)
            values[i] = BinaryPrimitives.ReadSingleLittleEndian(source[(i * sizeof(float))..]);
    }

    public void ReadValues(Span<double> values, string what)
    {
        Expect(values.Length, $"values of {what}");
        foreach (ref var value in values)
            value = ReadDouble();
    }

    public void CheckEnd()
    {
        if (_position != _bytes.Length - CrcBytes)
            throw Wrong("values follow the last one");
    }

    private ReadOnlySpan<byte> Take(uint length)
    {
        if (length > _bytes.Length - CrcBytes - _position)
            throw Wrong("the file ends too early");
        var taken = _bytes.AsSpan(_position, (int)length);
        _position += (int)length;
        return taken;
    }

    private InvalidDataException Wrong(string reason) => new($"{_path}: byte {_position}: {reason}");
}
