namespace EdgeCnn;

/// <summary>
/// Convolution with 3×3 windows that move by one, as F(2×2, 3×3) of Lavin and Gray, "Fast Algorithms for Convolutional Neural Networks"
/// (2015), arXiv 1509.09308: a tile of 2×2 outputs from a patch d of 4×4 inputs and a kernel g by 16 products per channel instead of 36,
/// y = Aᵀ[(G g Gᵀ) ⊙ (Bᵀ d B)]A.
/// <para>
/// In integers it is exact. With 2G in place of G every transform has the factors 0, ±1, ±2, and the sums are 4·y. Inputs are raw q in
/// −128 … 127, padding the zero point, as in the direct form, so the bias that contains −zeroPoint·Σw serves here too. Bᵀ d B adds four
/// of them: −512 … 512. A kernel's transformed tap adds nine weights, three twice, or one four times: ±9·128 = ±1,152. Both fit 16 bits.
/// Products are summed modulo 2³², where adding and subtracting stay right whatever overflows on the way; only what is divided by 4 must
/// be in range: |4·y| ≤ 4 · 9 · 128 · 128 · channels &lt; 2³¹ up to <see cref="MaxChannels"/> channels.
/// </para>
/// <para>
/// F(4×4, 3×3), with 36 products instead of 144, can be exact as well: with rows of G scaled to (3, 0, 0), (1, ±1, 1), (1, ±2, 4),
/// (0, 0, 3), inputs become ±100·128 and kernels ±49·128, and 576·y is divided by 9 modulo 2³² and then by 64, which allows 227 channels.
/// It is not made: outputs take twice the additions, and few layers have enough tiles of 4×4 for it.
/// </para>
/// </summary>
internal static unsafe class Winograd
{
    /// <summary>Places of a patch, and products per channel of a tile.</summary>
    internal const int Positions = 16;

    /// <summary>Taps of a kernel.</summary>
    internal const int Taps = 9;

    /// <summary>Tiles that are computed together: as many as the products' loop takes at once, so that with few channels everything
    /// stays in the first cache (16 tiles are 3 % slower).</summary>
    internal const int TilesAtOnce = 8;

    /// <summary>Channels of a patch are transformed in whole vectors of so many.</summary>
    internal const int VectorChannels = 16;

    /// <summary>⌊(2³¹ − 1) / (4 · 9 · 2¹⁴)⌋ input channels.</summary>
    internal const int MaxChannels = int.MaxValue / (4 * Taps << 14);

    /// <summary>Whether the operator has this form, laid out for its tile: one with 16-bit products. (Four times as many products of 8 bits
    /// as of 16 bits make an instruction of Arm64, more than the form saves.)</summary>
    internal static bool Fits(Bytes model, int op) =>
        OperatorRecord.Code(model, op) == Conv2D.Code && TileCode.ElementBytes(OperatorRecord.Tile(model, op)) == 2
        && Window.KernelHeight(model, op) == 3 && Window.KernelWidth(model, op) == 3
        && Window.StrideY(model, op) == 1 && Window.StrideX(model, op) == 1
        && Window.DilationY(model, op) == 1 && Window.DilationX(model, op) == 1
        && TensorRecord.Channels(model, OperatorRecord.Input(model, op)) <= MaxChannels;

    /// <summary>
    /// Whether a convolution that <see cref="Fits"/> is faster in this form. How many times as fast as the direct one, measured on Zen 4
    /// with AVX-512 (AVX2 is alike), H×W×I to C: 32×32×16 to 16 1.57, 16×16×32 to 32 1.75, 8×8×64 to 64 1.89, 56×56×64 to 64
    /// 1.93, 8×8×128 to 128 2.03. Transforms take a part that falls with the channels: 32×32×3 to 16 1.12, 28×28×2 to 16 0.94, 32×32×16
    /// to 8 (half a block) 0.97. And tiles are computed four at a time and may reach beyond the output: 6×6×64 to 64 1.61, 5×5×32 to 32
    /// 1.21, 2×2×64 to 64 1.01, 1×64×32 to 32 0.85; so an eighth of the products must be saved.
    /// </summary>
    internal static bool Pays(Bytes model, int op)
    {
        var window = new PaddedWindow(model, op);
        long tiles = (long)Tiles(window.OutputHeight) * Tiles(window.OutputWidth), rows = (tiles + 3) & ~3L;
        return window.Channels > 2 && window.OutputChannels > ITile.BlockChannels / 2
            && 7 * Taps * (long)window.OutputHeight * window.OutputWidth >= 8 * Positions * rows;
    }

    /// <summary>Tiles along an axis of the output.</summary>
    internal static int Tiles(int size) => (int)((size + 1L) / 2);

    internal static long WeightBytes(Bytes model, int op)
    {
        long run = PackedRows.PaddedRun(model, op, TensorRecord.Channels(model, OperatorRecord.Input(model, op)));
        return PackedRows.Product(PackedRows.PaddedChannels(model, op), Positions * sizeof(short) * run);
    }

    internal static long ScratchBytes(Bytes model, int op) => new WinogradScratch(new PaddedWindow(model, op)).Bytes;

    internal static void Run<TTile>(
        Bytes model, int op, Bytes arena, Bytes weights, int weightsAt, Bytes bias, int biasAt, Bytes requant, int requantAt)
        where TTile : struct, IWinogradTile
    {
        var window = new PaddedWindow(model, op);
        var scratch = new WinogradScratch(window);
        int input = OperatorRecord.Input(model, op), imageBytes = window.Height * window.Width * window.Channels;
        byte* memory = WinogradScratch.Begin(arena + OperatorRecord.Scratch(model, op));
        var patches = new WinogradPatches(window, scratch, memory, (sbyte)TensorRecord.ZeroPoint(model, input));
        var numbers = new Requantization(model, op, requant, requantAt, (int)PackedRows.PaddedChannels(model, op));
        var outputs = new WinogradOutputs(window, scratch, memory, numbers, TileCode.Group(TTile.Code));
        sbyte* image = (sbyte*)arena + TensorRecord.ArenaOffset(model, input);
        sbyte* output = (sbyte*)arena + TensorRecord.ArenaOffset(model, OperatorRecord.Output(model, op));
        int tiles = Tiles(window.OutputHeight) * Tiles(window.OutputWidth);
        int outputBytes = window.OutputHeight * window.OutputWidth * window.OutputChannels;
        for (int n = 0; n < window.Batch; n++, image += imageBytes, output += outputBytes)
            for (int first = 0; first < tiles; first += Winograd.TilesAtOnce)
            {
                int count = tiles - first < Winograd.TilesAtOnce ? tiles - first : Winograd.TilesAtOnce;
                patches.Transform<TTile>(image, first, count);
                outputs.Compute<TTile>(first, count, (short*)(weights + weightsAt), (int*)(bias + biasAt), output);
            }
    }
}
