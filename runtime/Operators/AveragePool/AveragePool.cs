namespace EdgeCnn;

/// <summary>
/// Mean of the input values under each window, channel by channel, rounded to nearest with ties away from zero, then the clamp. Input
/// N×H×W×C, output N×Oh×Ow×C, both in the same quantization; places outside the input do not count. Record: FORMAT.md in this folder.
/// </summary>
internal static unsafe partial class AveragePool
{
    /// <summary>Code in the operator record.</summary>
    internal const int Code = 4;

    internal static ModelError Check(Bytes model, int op, ref int where) => Pool.Check(model, op, ref where);
}
