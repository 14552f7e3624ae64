using System;
using System.IO;
using System.Text;
using EdgeCnn.Managed;

namespace EdgeCnn.Trainer.Training;

/// <summary>
/// Makes a binary file that <see cref="CheckedReader"/> reads: four letters, a version, the content, and the CRC-32 of all bytes before
/// it. Little-endian; a text is its length in bytes (uint32) and its UTF-8.
/// </summary>
internal sealed class CheckedWriter : IDisposable
{
    private readonly MemoryStream _content = new();
    private readonly BinaryWriter _writer;

    public CheckedWriter(ReadOnlySpan<byte> magic, uint version)
    {
        _writer = new BinaryWriter(_content);
        _writer.Write(magic);
        _writer.Write(version);
    }

    public void Write(int value) => _writer.Write(value);

    public void Write(long value) => _writer.Write(value);

    public void Write(ulong value) => _writer.Write(value);

    public void Write(double value) => _writer.Write(value);

    public void Write(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        _writer.Write(bytes.Length);
        _writer.Write(bytes);
    }

    /// <summary>The number of values, and the values.</summary>
    public void Write(ReadOnlySpan<float> values)
    {
        _writer.Write(values.Length);
        foreach (var value in values)
            _writer.Write(value);
    }

    /// <inheritdoc cref="Write(ReadOnlySpan{float})"/>
    public void Write(ReadOnlySpan<double> values)
    {
        _writer.Write(values.Length);
        foreach (var value in values)
            _writer.Write(value);
    }

    /// <summary>Ends the content and writes the file, whole or not at all.</summary>
    public void Save(string path)
    {
        _writer.Write(CrcOf(Bytes.Span));
        AtomicFile.Write(path, Bytes);
    }

    public void Dispose() => _writer.Dispose();

    internal static unsafe uint CrcOf(ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes)
            return Crc32.Of(start, 0, bytes.Length);
    }

    private ReadOnlyMemory<byte> Bytes => _content.GetBuffer().AsMemory(0, (int)_content.Length);
}
