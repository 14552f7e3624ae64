using System;
using System.IO;
using EdgeCnn.Managed;

namespace EdgeCnn.Flash.Images;

/// <summary>Models as files for the programs that write a board's flash: whole or not there.</summary>
public static class ImageFile
{
    /// <summary>Addresses of models are multiples of it.</summary>
    public const int Alignment = 16;

    /// <summary>Writes one of the forms below.</summary>
    /// <exception cref="IOException">It can't be written; a file that was there stays.</exception>
    public static void Write(string path, Action<Stream> form) => AtomicFile.Write(path, form);

    /// <summary>Why a model may not lie at an address; null when it may.</summary>
    /// <param name="address">Where it begins.</param>
    /// <param name="bytes">Its size.</param>
    /// <param name="alignment">What the address must be a multiple of.</param>
    public static string? Refusal(uint address, int bytes, int alignment = Alignment) =>
        address % alignment != 0 ? $"0x{address:x} is no multiple of {alignment}; begin at 0x{address / alignment * alignment:x}"
        : address + (ulong)bytes > 1UL << 32 ? $"0x{address:x} and {bytes} bytes reach beyond 4 GiB; begin lower"
        : null;

    /// <summary>Throws where <see cref="Refusal"/> says why.</summary>
    internal static void Require(uint address, int bytes, int alignment = Alignment)
    {
        if (Refusal(address, bytes, alignment) is { } refusal) throw new ArgumentOutOfRangeException(nameof(address), refusal);
    }
}
