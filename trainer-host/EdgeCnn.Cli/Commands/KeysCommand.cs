using System.CommandLine;

namespace EdgeCnn.Cli.Commands;

/// <summary><c>edgecnn keys</c></summary>
internal sealed class KeysCommand : Command
{
    public KeysCommand()
        : base("keys", "Make the keys that models are signed with.") => Add(new CreateKeysCommand());
}
