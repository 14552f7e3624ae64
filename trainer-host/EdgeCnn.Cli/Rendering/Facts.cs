using System.Linq;
using Spectre.Console;

namespace EdgeCnn.Cli.Rendering;

/// <summary>Lines of a name and what there is to say of it, aligned.</summary>
internal static class Facts
{
    private const int Gap = 2;

    public static void Write(IAnsiConsole console, params (string Name, string Value)[] facts)
    {
        int width = facts.Max(fact => fact.Name.Length) + Gap;
        foreach ((string name, string value) in facts)
            console.Profile.Out.Writer.WriteLine(name.PadRight(width) + value);
    }
}
