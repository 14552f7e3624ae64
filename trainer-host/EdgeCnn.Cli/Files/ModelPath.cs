using System.CommandLine;
using EdgeCnn.Managed;

namespace EdgeCnn.Cli.Files;

/// <summary>The MODEL argument, which most commands have.</summary>
internal static class ModelPath
{
    /// <summary>A new argument of that name.</summary>
    public static Argument<string> Argument() => new("MODEL") { Description = "The model file (.ecnn)" };

    /// <summary>Opens the model, checking all of it.</summary>
    /// <exception cref="Terminal.RefusedException">There is no such file.</exception>
    /// <exception cref="ModelException">It is not a model, or a damaged one.</exception>
    public static EdgeModel Open(string path, ModelOptions? options = null) => EdgeModel.Open(InputPath.OfFile(path, "model file (.ecnn)"), options);
}
