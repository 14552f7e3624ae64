global using Avx2Gradient = EdgeCnn.AbsentGradient;

namespace EdgeCnn;

/// <summary>Stands for the micro-kernels of learning that other processors have; no operator takes them.</summary>
internal readonly unsafe struct AbsentGradient : IGradientTile
{
    public static void AddScaled(int* sums, int factor, sbyte* row, int count)
    {
    }

    public static void AddScaled(int* sums, int factor0, sbyte* row0, int factor1, sbyte* row1, int count)
    {
    }

    public static void AddScaled(int* sums, int factor, short* row, int count, int lines, nint lineStep)
    {
    }

    public static void Add(int* sums, int* row, int count)
    {
    }

    public static void Dot(short* row, int depth, sbyte* weights, int* bias, int channels, int* sums)
    {
    }

    public static int NonZeros(short* error, int count, int* list) => 0;

    public static int Magnitude(int* sums, int count) => 0;

    public static void Narrow(int* sums, int count, int shift)
    {
    }

    public static void Mask(short* error, sbyte* output, int count, int min, int max)
    {
    }

    public static void MoveByProducts(
        sbyte* row, int zeroPoint, int factor, int shift, uint key, sbyte* weights, byte* fractions, int count, ref int change)
    {
    }

    public static int MoveBySums(
        int* sums, int fold, int factor, int shift, uint key, sbyte* weights, byte* fractions, int count, ref int change) => 0;
}
