using System.IO;

namespace EdgeCnn.Cli.Files;

/// <summary>The float network that a model was made of is the file of the same name beside it.</summary>
internal static class FloatNetwork
{
    private const string Extension = ".ecfloat";

    /// <summary>Path of the float network that belongs to a model file.</summary>
    public static string Beside(string model) => Path.ChangeExtension(model, Extension);
}
