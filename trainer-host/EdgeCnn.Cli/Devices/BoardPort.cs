using System.CommandLine;
using EdgeCnn.Cli.Terminal;
using EdgeCnn.Flash.Board;
using EdgeCnn.Flash.Link;

namespace EdgeCnn.Cli.Devices;

/// <summary>The --port option, which all commands about boards have.</summary>
internal static class BoardPort
{
    public static Option<string?> Option(bool required) => new("--port", "-p")
    {
        Description = "The line to the board: a serial port such as /dev/ttyACM0, or tcp:HOST:PORT",
        HelpName = "PORT",
        Required = required,
    };

    /// <summary>Opens the line and begins a session.</summary>
    public static BoardClient Open(string port, Session session) => new(Transport.Open(port), cancellation: session.Cancellation);
}
