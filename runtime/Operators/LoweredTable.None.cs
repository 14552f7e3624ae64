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

    internal static bool HasLearnForm(Bytes model, int op) => false;

    internal static long LearnScratchBytes(Bytes model, int op) => 0;

    internal static bool Learn(Bytes model, int op, int record, Bytes arena, Bytes weights, int weightsAt) => false;

    internal static void Repack(Bytes model, int op, Bytes weights, int weightsAt, Bytes bias, int biasAt)
    {
    }

    internal static int Magnitude(int tile, Bytes arena, int sums, int count, ref int bits) => 0;

    internal static int Narrow(int tile, Bytes arena, int sums, int count, int shift) => 0;

    internal static int Mask(int tile, Bytes arena, int error, int count, int output, int min, int max) => 0;

    internal static int MoveByProducts(
        int tile, Bytes arena, int row, int zeroPoint, int factor, int shift, uint key, int weights, int fractions, int count,
        ref int change) => 0;

    internal static int MoveBySums(
        int tile, Bytes arena, int sums, int fold, int factor, int shift, uint key, int weights, int fractions, int count,
        ref int change) => 0;

    internal static bool SaveWinners(Bytes model, int op, Bytes arena, int to) => false;

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
