using System.CommandLine;
using EdgeCnn.Cli.Files;
using EdgeCnn.Cli.Rendering;
using EdgeCnn.Cli.Results;
using EdgeCnn.Cli.Terminal;
using EdgeCnn.Managed;

namespace EdgeCnn.Cli.Commands;

/// <summary><c>edgecnn verify MODEL --key PUBLIC.pem</c></summary>
internal sealed class VerifyCommand : ToolCommand<SignResult>
{
    private readonly Argument<string> _model = ModelPath.Argument();
    private readonly Option<string> _key = KeyPath.Option("The public key (PEM)");

    public VerifyCommand()
        : base("verify", "Check that the owner of a key signed a model file, and that nothing in it was changed since.", SigningText.Write)
    {
        Add(_model);
        Add(_key);
    }

    public override Example[] Examples => [new("verify model.ecnn --key keys/public.pem", "is it ours, and unchanged?")];

    protected override SignResult Execute(ParseResult arguments, Session session)
    {
        string path = arguments.GetRequiredValue(_model);
        PublicKey key = KeyPath.Public(arguments.GetRequiredValue(_key));
        using EdgeModel model = ModelPath.Open(path, new ModelOptions { PublicKey = key });
        return new SignResult(path, model.Info.ModelId, key.ToString(), false);
    }
}
