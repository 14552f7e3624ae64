global using SingleChannelConv2D = EdgeCnn.AbsentForm;

namespace EdgeCnn;

/// <summary>Stands for the forms of an operator that only other processors have; no record takes them.</summary>
internal static unsafe class AbsentForm
{
    internal static bool Takes(byte* model, int op) => false;

    internal static long WeightBytes(byte* model, int op) => 0;

    internal static long ScratchBytes(byte* model, int op) => 0;

    internal static void Pack(byte* model, int op, byte* weights, short* packed)
    {
    }

    internal static void Run<TTile>(
        byte* model, int op, byte* arena, byte* weights, int weightsAt, byte* bias, int biasAt, byte* requant, int requantAt)
        where TTile : struct, ITile
    {
    }
}
