using System.Collections.Generic;

namespace EdgeCnn.Cli.Rendering;

/// <summary>Shapes as text.</summary>
internal static class Shapes
{
    /// <summary>For example 1×28×28×1.</summary>
    public static string Of(IEnumerable<int> shape) => string.Join('×', shape);
}
