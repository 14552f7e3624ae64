using System;
using System.IO;
using System.Security.Cryptography;

namespace EdgeCnn.FirmwareTools;

/// <summary>Public keys as firmware holds them: x and y of the point, each a big-endian number of 32 bytes.</summary>
internal static class KeyFile
{
    private const int CoordinateBytes = 32;

    /// <summary>The key of a PEM file (RFC 7468), as <c>edgecnn keys create</c> writes it; of a private key, its public half.</summary>
    /// <exception cref="InvalidDataException">It has no key of the curve P-256.</exception>
    internal static byte[] Point(string path)
    {
        using ECDsa key = ECDsa.Create();
        try
        {
            key.ImportFromPem(File.ReadAllText(path));
        }
        catch (Exception failure) when (failure is ArgumentException or CryptographicException)
        {
            throw new InvalidDataException($"{path} has no key: {failure.Message}", failure);
        }
        ECParameters parameters = key.ExportParameters(includePrivateParameters: false);
        if (parameters.Curve.Oid.Value != ECCurve.NamedCurves.nistP256.Oid.Value)
            throw new InvalidDataException($"the key in {path} is not one of the curve P-256");
        return [.. parameters.Q.X.AsSpan(0, CoordinateBytes), .. parameters.Q.Y.AsSpan(0, CoordinateBytes)];
    }
}
