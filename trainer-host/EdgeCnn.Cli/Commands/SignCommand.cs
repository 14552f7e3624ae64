using System.CommandLine;
using System.IO;
using System.Security.Cryptography;
using EdgeCnn.Cli.Files;
using EdgeCnn.Cli.Rendering;
using EdgeCnn.Cli.Results;
using EdgeCnn.Cli.Terminal;
using EdgeCnn.Managed;
using EdgeCnn.Trainer.Export;

namespace EdgeCnn.Cli.Commands;

/// <summary><c>edgecnn sign MODEL --key KEY.pem</c></summary>
internal sealed class SignCommand : ToolCommand<SignResult>
{
    private readonly Argument<string> _model = ModelPath.Argument();
    private readonly Option<string> _key = KeyPath.Option("The private key (PEM)");
    private readonly Option<string?> _out = new("--out", "-o") { Description = "The signed model file; without it, MODEL is signed in place", HelpName = "FILE" };

    public SignCommand()
        : base("sign", "Sign a model file, so that devices can tell who made it.", SigningText.Write)
    {
        Add(_model);
        Add(_key);
        Add(_out);
    }

    public override string Notes =>
        """
        The signature covers the whole file. It leaves the model's id, and the deltas that belong to it, as they were, and takes
        the place of a signature that the file may have had.
        """;

    public override Example[] Examples =>
    [
        new("sign model.ecnn --key keys/private.pem", "in place"),
        new("verify model.ecnn --key keys/public.pem", "is it ours, and unchanged?"),
    ];

    protected override SignResult Execute(ParseResult arguments, Session session)
    {
        string path = arguments.GetRequiredValue(_model), keyPath = arguments.GetRequiredValue(_key), output = arguments.GetValue(_out) ?? path;
        OutputFolder folder = OutputFolder.Of(output, keyPath);
        using ECDsa key = KeyPath.Private(keyPath);
        ModelPath.Open(path).Dispose();
        byte[] signed = ModelSigning.Sign(File.ReadAllBytes(path), key);
        folder.Create();
        AtomicFile.Write(output, signed);
        using EdgeModel model = EdgeModel.Open(output, new ModelOptions { PublicKey = PublicKey.Of(key) });
        return new SignResult(output, model.Info.ModelId, PublicKey.Of(key).ToString(), true);
    }
}
