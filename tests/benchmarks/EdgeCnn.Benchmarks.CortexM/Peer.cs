using System.Collections.Generic;

namespace EdgeCnn.Benchmarks.CortexM;

/// <summary>What TensorFlow Lite Micro with CMSIS-NN takes: its best build by gcc 12.2, counted in the same way.</summary>
/// <param name="M4">Million instructions of an inference on the Cortex-M4; the M7 and the M33 are within 3 % of it.</param>
/// <param name="M55">The same on the Cortex-M55 with its vector extension; 0: not measured.</param>
/// <param name="ArenaBytes">RAM for its arena.</param>
/// <param name="TextBytes">Its program, the model excluded.</param>
internal sealed record Peer(double M4, double M55, int ArenaBytes, int TextBytes)
{
    /// <summary>By the model's name.</summary>
    internal static IReadOnlyDictionary<string, Peer> ByModel { get; } = new Dictionary<string, Peer>
    {
        ["kws_ref"] = new(7.23, 1.81, 22_820, 52_320),
        ["resnet8"] = new(28.50, 4.91, 54_996, 49_664),
        ["ad01"] = new(0.573, 0.150, 2_580, 27_200),
        ["tm_mnist_valid_q"] = new(0.204, 0, 2_884, 67_000),
    };
}
