namespace EdgeCnn;

/// <summary>
/// <see cref="Conv2D"/> of a gray image by a few filters, the first layer of a small network, over <see cref="Avx2SingleChannelTile"/>.
/// Measured with LeNet-5's (28 × 28, 6 filters of 5 × 5): 2.4 times as fast as a lane per channel.
/// </summary>
internal static unsafe class SingleChannelConv2D
{
    /// <summary>Output rows whose sums wait together for requantization.</summary>
    private const int RowsAtOnce = 4;

    private const int RowSums = Avx2SingleChannelTile.Channels * Avx2SingleChannelTile.Places;

    /// <summary>Whether the record takes this form.</summary>
    internal static bool Takes(Bytes model, int op) =>
        OperatorRecord.Tile(model, op) is TileCode.Avx2 or TileCode.Avx512
        && TensorRecord.Channels(model, OperatorRecord.Input(model, op)) == 1
        && TensorRecord.Channels(model, OperatorRecord.Output(model, op)) <= Avx2SingleChannelTile.Channels
        && Window.StrideX(model, op) == 1 && Window.DilationX(model, op) == 1;

    /// <summary>Two int16 taps per pair of taps and channel, channels two by two.</summary>
    internal static long WeightBytes(Bytes model, int op) =>
        4L * EvenChannels(model, op) * Window.KernelHeight(model, op) * Pairs(Window.KernelWidth(model, op));

    /// <summary>A staged image, and sums and planes of a few output rows.</summary>
    internal static long ScratchBytes(Bytes model, int op) => new PaddedWindow(model, op).StagedBytes(1, sizeof(short)) + (4 + 1) * RowsAtOnce * RowSums;

    /// <summary>Writes weights[channel][line][tap] as int16 packed[channel / 2][line][tap / 2][channel % 2][tap % 2].</summary>
    internal static void Pack(Bytes model, int op, Bytes weights, short* packed)
    {
        int channels = TensorRecord.Channels(model, OperatorRecord.Output(model, op)), even = EvenChannels(model, op);
        int lines = Window.KernelHeight(model, op), taps = Window.KernelWidth(model, op);
        for (int first = 0; first < even; first += 2)
            for (int line = 0; line < lines; line++)
            {
                sbyte* row = (sbyte*)weights + (first * lines + line) * taps, next = row + (first + 1 < channels ? lines * taps : 0);
                for (int tap = 0; tap < taps; tap += 2, packed += 4)
                {
                    bool hasPair = tap + 1 < taps, hasNext = first + 1 < channels;
                    packed[0] = row[tap];
                    packed[1] = hasPair ? row[tap + 1] : (short)0;
                    packed[2] = hasNext ? next[tap] : (short)0;
                    packed[3] = hasNext && hasPair ? next[tap + 1] : (short)0;
                }
            }
    }

    internal static void Run<TTile>(
        Bytes model, int op, Bytes arena, Bytes weights, int weightsAt, Bytes bias, int biasAt, Bytes requant, int requantAt)
        where TTile : struct, ITile
    {
        var window = new PaddedWindow(model, op);
        int input = OperatorRecord.Input(model, op), channels = window.OutputChannels, line = (int)window.StagedWidth;
        var numbers = new Requantization(model, op, requant, requantAt, (int)PackedRows.PaddedChannels(model, op));
        short* staged = (short*)(arena + OperatorRecord.Scratch(model, op));
        int* sums = (int*)((byte*)staged + window.StagedBytes(1, sizeof(short)));
        sbyte* planes = (sbyte*)(sums + RowsAtOnce * RowSums);
        sbyte* image = (sbyte*)arena + TensorRecord.ArenaOffset(model, input);
        sbyte* output = (sbyte*)arena + TensorRecord.ArenaOffset(model, OperatorRecord.Output(model, op));
        sbyte* end = output + TensorRecord.ByteCount(model, OperatorRecord.Output(model, op));
        for (int n = 0; n < window.Batch; n++, image += window.Height * window.Width)
        {
            window.Stage<TTile>(image, (byte*)staged, (sbyte)TensorRecord.ZeroPoint(model, input), repeat: 1);
            for (int y = 0; y < window.OutputHeight; y += RowsAtOnce)
            {
                int rows = window.OutputHeight - y < RowsAtOnce ? window.OutputHeight - y : RowsAtOnce;
                for (int x = 0; x < window.OutputWidth; x += Avx2SingleChannelTile.Places)
                {
                    for (int r = 0; r < rows; r++)
                        Dot(window, staged + (nint)(y + r) * window.StrideY * line + x, line, (int*)(weights + weightsAt), (int*)(bias + biasAt), sums + r * RowSums);
                    for (int c = 0; c < channels; c++)
                        Requantize(sums + c * Avx2SingleChannelTile.Places, rows, numbers, c, planes + c * Avx2SingleChannelTile.Places);
                    int places = window.OutputWidth - x < Avx2SingleChannelTile.Places ? window.OutputWidth - x : Avx2SingleChannelTile.Places;
                    for (int r = 0; r < rows; r++)
                    {
                        sbyte* to = output + (r * window.OutputWidth + x) * channels;
                        // A row of one block is followed by rows that are yet to be written, one of several by places that are not.
                        nint room = window.OutputWidth <= Avx2SingleChannelTile.Places ? (nint)(end - to) : (window.OutputWidth - x) * channels;
                        Avx2SingleChannelTile.Interleave(planes + r * RowSums, places, to, channels, room);
                    }
                }
                output += rows * window.OutputWidth * channels;
            }
        }
    }

    /// <summary>Sums of all channels at the places of one block.</summary>
    private static void Dot(in PaddedWindow window, short* at, int line, int* weights, int* bias, int* sums)
    {
        int pairs = Pairs(window.KernelWidth), step = 2 * window.KernelHeight * pairs;
        for (int c = 0; c < window.OutputChannels; c += 2, weights += step, sums += 2 * Avx2SingleChannelTile.Places)
            Avx2SingleChannelTile.Dot(at, (nint)window.DilationY * line, window.KernelHeight, pairs, weights, bias + c, sums);
    }

    private static void Requantize(int* sums, int rows, in Requantization numbers, int channel, sbyte* plane)
    {
        if (numbers.HasFastShifts) Avx2SingleChannelTile.Requantize(sums, rows, numbers, channel, plane);
        else Avx2SingleChannelTile.RequantizeExactly(sums, rows, numbers, channel, plane);
    }

    private static int EvenChannels(Bytes model, int op) => (TensorRecord.Channels(model, OperatorRecord.Output(model, op)) + 1) & ~1;

    private static int Pairs(int taps) => (taps + 1) / 2;
}
