using System;
using System.IO;
using System.IO.Compression;
using System.Security.Cryptography;

namespace EdgeCnn.Trainer.Data.KnownSets;

/// <summary>Identity of a packed file, or of what it contains.</summary>
internal static class Checksum
{
    /// <summary>SHA-256, in lower-case hexadecimals, of a gzip stream or its content; of what there is of that up to damage, or up to one
    /// byte more than it should have.</summary>
    public static string Of(Stream packed, KnownFile file)
    {
        packed.Position = 0;
        if (file.IsKnownPacked)
            return Convert.ToHexStringLower(SHA256.HashData(packed));
        using var content = new GZipStream(packed, CompressionMode.Decompress, leaveOpen: true);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 16];
        try
        {
            int read;
            for (long total = 0; total <= file.Bytes && (read = content.Read(buffer)) > 0; total += read)
                hash.AppendData(buffer, 0, read);
        }
        catch (InvalidDataException)
        {
            // Damaged: the checksum will differ.
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
