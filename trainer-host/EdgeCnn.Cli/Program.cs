using System;
using EdgeCnn.Cli.Terminal;

namespace EdgeCnn.Cli;

internal static class Program
{
    private static int Main(string[] arguments) => CommandLine.Run(arguments, Console.Out, Console.Error);
}
