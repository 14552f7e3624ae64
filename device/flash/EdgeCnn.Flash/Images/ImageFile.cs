using System;
using System.IO;
using EdgeCnn.Managed;

namespace EdgeCnn.Flash.Images;

/// <summary>Models as files for the programs that write a board's flash: whole or not there.</summary>
public static class ImageFile
{
    private const int Alignment = 16;

    /// <summary>Writes one of the forms below.</summary>
    /// <exception cref="IOException">It can't be written; a file that was there stays.</exception>
    public static void Write(string path, Action<Stream> form) => AtomicFile.Write(path, form);

    /// <summary>Throws unless a model may lie there: at a multiple of 16, and below 4 GiB to its end.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It may not.</exception>
    public static void RequireAddress(uint address, int bytes)
    {
        if (address % Alignment != 0)
            throw new ArgumentOutOfRangeException(nameof(address), $"0x{address:x} is no multiple of {Alignment}, where models lie");
        if (address > uint.MaxValue - (uint)bytes + 1)
            throw new ArgumentOutOfRangeException(nameof(address), $"0x{address:x} and {bytes} bytes reach beyond 4 GiB");
    }
}
