using System;
using System.CommandLine;
using System.IO;
using System.Security.Cryptography;
using EdgeCnn.Cli.Terminal;
using EdgeCnn.Managed;

namespace EdgeCnn.Cli.Files;

/// <summary>The <c>--key</c> option, and the keys that it names.</summary>
internal static class KeyPath
{
    /// <summary>A new option of that name.</summary>
    public static Option<string> Option(string description) => new("--key", "-k") { Description = description, HelpName = "FILE", Required = true };

    /// <summary>Reads a key that signs.</summary>
    /// <exception cref="RefusedException">There is no such file, or no private key on the curve P-256 in it.</exception>
    public static ECDsa Private(string path)
    {
        string pem = Read(path);
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(pem);
            _ = PublicKey.Of(key);
            // A public key can be read and exported like a private one; only this tells them apart.
            _ = key.SignHash(new byte[32]);
            return key;
        }
        catch (Exception unusable) when (unusable is ArgumentException or CryptographicException or FormatException)
        {
            key.Dispose();
            throw new RefusedException($"{path}: is no private key in PEM form on the curve P-256; '{CommandLine.ToolName} keys create' makes one");
        }
    }

    /// <summary>Reads a key that checks.</summary>
    /// <exception cref="RefusedException">There is no such file, or no key on the curve P-256 in it.</exception>
    public static PublicKey Public(string path)
    {
        try
        {
            return PublicKey.FromPem(Read(path));
        }
        catch (FormatException unusable)
        {
            throw new RefusedException($"{path}: {unusable.Message}");
        }
    }

    private static string Read(string path) => File.ReadAllText(InputPath.OfFile(path, "key file (.pem)"));
}
