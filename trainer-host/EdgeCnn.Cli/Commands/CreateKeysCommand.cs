using System.CommandLine;
using System.IO;
using System.Security.Cryptography;
using System.Text;
using EdgeCnn.Cli.Files;
using EdgeCnn.Cli.Rendering;
using EdgeCnn.Cli.Results;
using EdgeCnn.Cli.Terminal;
using EdgeCnn.Managed;

namespace EdgeCnn.Cli.Commands;

/// <summary><c>edgecnn keys create --out FOLDER</c></summary>
internal sealed class CreateKeysCommand : ToolCommand<KeysResult>
{
    private const string PrivateName = "private.pem", PublicName = "public.pem";

    private readonly Option<string> _out = new("--out", "-o") { Description = "The folder for both keys", HelpName = "FOLDER", Required = true };

    public CreateKeysCommand()
        : base("create", "Make a pair of keys: a private one that signs models, and a public one that checks them.", SigningText.Write) =>
        Add(_out);

    public override string Notes =>
        $"""
        {PrivateName} signs: only you can read it; keep it off devices and out of repositories, with a copy in a safe place.
        {PublicName} is for devices and applications. Both are ECDSA keys on the curve P-256, in PEM form.
        """;

    public override Example[] Examples => [new("keys create --out keys", $"keys/{PrivateName} and keys/{PublicName}")];

    protected override KeysResult Execute(ParseResult arguments, Session session)
    {
        var folder = new OutputFolder(arguments.GetRequiredValue(_out), PrivateName, PublicName);
        string privatePath = folder.File(PrivateName), publicPath = folder.File(PublicName);
        foreach (string path in (string[])[privatePath, publicPath])
            if (File.Exists(path)) throw new RefusedException($"{path}: there is a key already, and models may need it; choose another folder");
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        folder.Create();
        WritePrivate(privatePath, key.ExportPkcs8PrivateKeyPem());
        AtomicFile.Write(publicPath, Encoding.ASCII.GetBytes(key.ExportSubjectPublicKeyInfoPem() + "\n"));
        return new KeysResult(privatePath, publicPath, PublicKey.Of(key).ToString());
    }

    /// <summary>Never readable by others, not even while it is written; never in place of a file.</summary>
    private static void WritePrivate(string path, string pem)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        if (!System.OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var file = new FileStream(path, options);
        file.Write(Encoding.ASCII.GetBytes(pem + "\n"));
        file.Flush(flushToDisk: true);
    }
}
