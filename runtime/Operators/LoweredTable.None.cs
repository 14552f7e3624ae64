namespace EdgeCnn;

/// <summary>Stands in for LoweredTable.Lowered.cs in builds without vector tiles: no lowered record passes the check there.</summary>
internal static unsafe class LoweredTable
{
    internal static bool Runs(int tile) => false;

    internal static bool HasForm(Bytes model, int op) => false;

    internal static long WeightBytes(Bytes model, int op) => 0;

    internal static long RequantBytes(Bytes model, int op) => 0;

    internal static ModelError CheckRequant(Bytes model, int op, ref int where) => ModelError.BadOperator;

    internal static long ScratchBytes(Bytes model, int op) => 0;

    internal static void Row(
        Bytes model, int op, Bytes arena, int at1, int step1, Bytes second, int at2, int step2, int to, int count,
        Bytes scales, int scalesAt)
    {
    }

    internal static void Run(
        Bytes model, int op, Bytes arena, Bytes weights, int weightsAt, Bytes bias, int biasAt, Bytes requant, int requantAt)
    {
    }
}
