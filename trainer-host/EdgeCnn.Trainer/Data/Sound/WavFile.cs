using System;
using System.Buffers.Binary;
using System.IO;
using System.Runtime.InteropServices;

namespace EdgeCnn.Trainer.Data.Sound;

/// <summary>
/// Uncompressed sound of one channel and 16 bits in a RIFF file. Source: Microsoft and IBM, "Multimedia Programming Interface and Data
/// Specifications 1.0" (1991), and WAVEFORMATEXTENSIBLE.
/// </summary>
internal static class WavFile
{
    private const int Pcm = 1, Extensible = 0xFFFE, FormatBytes = 16, SubFormatAt = 24;

    /// <summary>The samples.</summary>
    /// <param name="content">The whole file.</param>
    /// <param name="rate">Samples per second that it must have.</param>
    /// <param name="path">The file's name for messages.</param>
    /// <exception cref="InvalidDataException">It is damaged, or not of this kind.</exception>
    public static short[] Read(ReadOnlySpan<byte> content, int rate, string path)
    {
        if (content.Length < 12 || !content.StartsWith("RIFF"u8) || !content[8..12].SequenceEqual("WAVE"u8))
            throw new InvalidDataException($"{path}: is not a WAV file; take it away, or let \"files\" not match it");
        var isKnown = false;
        for (var at = 12; at + 8 <= content.Length;)
        {
            long length = BinaryPrimitives.ReadUInt32LittleEndian(content[(at + 4)..]);
            var name = content.Slice(at, 4);
            if (at + 8 + length > content.Length)
                throw new InvalidDataException(
                    $"{path}: byte {at}: truncated: a chunk of {length} bytes begins, {content.Length - at - 8} are there");
            var chunk = content.Slice(at + 8, (int)length);
            if (name.SequenceEqual("fmt "u8))
            {
                CheckFormat(chunk, rate, path);
                isKnown = true;
            }
            else if (name.SequenceEqual("data"u8))
            {
                return !isKnown ? throw new InvalidDataException($"{path}: byte {at}: sound before its format")
                    : chunk.Length < 2 ? throw new InvalidDataException($"{path}: byte {at}: holds no sound")
                    : Samples(chunk);
            }

            at += 8 + (int)length + (int)(length % 2);
        }

        throw new InvalidDataException($"{path}: byte {content.Length}: truncated: there is no sound in it");
    }

    private static void CheckFormat(ReadOnlySpan<byte> format, int rate, string path)
    {
        if (format.Length < FormatBytes)
            throw new InvalidDataException($"{path}: its format is {format.Length} bytes long, less than {FormatBytes}");
        int Field(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);
        var code = Field(format, 0);
        if (code == Extensible && format.Length >= SubFormatAt + 2)
            code = Field(format, SubFormatAt);
        int channels = Field(format, 2), bits = Field(format, 14);
        var found = BinaryPrimitives.ReadUInt32LittleEndian(format[4..]);
        if (code != Pcm || channels != 1 || bits != 16)
            throw new InvalidDataException(
                $"{path}: has {channels} channels of {bits} bits, coding {code}; convert it to 1 channel of 16 bits, uncompressed");
        if (found != rate)
            throw new InvalidDataException(
                $"{path}: has {found} samples per second, the recipe says {rate}; change \"rate\", or convert it");
    }

    private static short[] Samples(ReadOnlySpan<byte> bytes)
    {
        var samples = MemoryMarshal.Cast<byte, short>(bytes[..(bytes.Length / 2 * 2)]).ToArray();
        if (!BitConverter.IsLittleEndian)
            BinaryPrimitives.ReverseEndianness(samples, samples);
        return samples;
    }
}
