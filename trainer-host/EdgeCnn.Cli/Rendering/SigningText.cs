using EdgeCnn.Cli.Results;
using Spectre.Console;

namespace EdgeCnn.Cli.Rendering;

/// <summary>What <c>keys create</c>, <c>sign</c> and <c>verify</c> say.</summary>
internal static class SigningText
{
    public static void Write(IAnsiConsole console, KeysResult result) => Facts.Write(
        console,
        ("private key", $"{result.PrivateKeyPath} (keep it to yourself)"),
        ("public key", result.PublicKeyPath),
        ("key id", result.KeyId));

    public static void Write(IAnsiConsole console, SignResult result)
    {
        Facts.Write(console, ("model", result.ModelPath), ("id", result.ModelId), ("key id", result.SignedBy));
        console.MarkupLine(result.IsNew ? "[green]signed[/]" : "[green]verified[/]: the key's owner signed this model, and nothing was changed since");
    }
}
