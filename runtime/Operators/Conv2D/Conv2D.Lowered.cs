namespace EdgeCnn;

internal static unsafe partial class Conv2D
{
    internal static long LoweredWeightBytes(Bytes model, int op)
    {
        if (OperatorRecord.IsWinograd(model, op)) return Winograd.WeightBytes(model, op);
        if (SingleChannelConv2D.Takes(model, op)) return SingleChannelConv2D.WeightBytes(model, op);
        int tile = OperatorRecord.Tile(model, op);
        long run = TileCode.ElementBytes(tile) * PackedRows.PaddedRun(model, op, RunElements(model, op));
        return PackedRows.Product(PackedRows.PaddedChannels(model, op), PackedRows.Product(RunCount(model, op), run));
    }

    /// <summary>A staged image (of a 1 × 1 window, a tile's rows) and the sums of a tile.</summary>
    internal static long LoweredScratchBytes(Bytes model, int op)
    {
        if (OperatorRecord.IsWinograd(model, op)) return Winograd.ScratchBytes(model, op);
        if (SingleChannelConv2D.Takes(model, op)) return SingleChannelConv2D.ScratchBytes(model, op);
        int element = TileCode.ElementBytes(OperatorRecord.Tile(model, op));
        if (Window.IsOnePixel(model, op))
            return PackedRows.MatrixScratchBytes(Window.Positions(model, op), RunElements(model, op), element);
        var window = new PaddedWindow(model, op);
        return window.StagedBytes(window.Channels, element) + PackedRows.SumBytes;
    }

    /// <summary>Packs weights as the lowered record <paramref name="op"/> wants them.</summary>
    internal static void Pack(Bytes model, int op, Bytes weights, byte* packed)
    {
        int channels = TensorRecord.Channels(model, OperatorRecord.Output(model, op)), tile = OperatorRecord.Tile(model, op);
        int group = TileCode.Group(tile);
        if (OperatorRecord.IsWinograd(model, op))
            WinogradWeights.Pack(
                (sbyte*)weights, channels, TensorRecord.Channels(model, OperatorRecord.Input(model, op)), group, (short*)packed);
        else if (SingleChannelConv2D.Takes(model, op))
            SingleChannelConv2D.Pack(model, op, weights, (short*)packed);
        else
            PackedRows.Pack(
                (sbyte*)weights, channels, RunCount(model, op), (int)RunElements(model, op), group,
                TileCode.ElementBytes(tile), packed);
    }

    internal static void RunLowered<TTile>(
        Bytes model, int op, Bytes arena, Bytes weights, int weightsAt, Bytes bias, int biasAt, Bytes requant, int requantAt)
        where TTile : struct, ITile
    {
        if (SingleChannelConv2D.Takes(model, op))
        {
            SingleChannelConv2D.Run<TTile>(model, op, arena, weights, weightsAt, bias, biasAt, requant, requantAt);
            return;
        }
        int channels = TensorRecord.Channels(model, OperatorRecord.Output(model, op)), input = OperatorRecord.Input(model, op);
        var numbers = new Requantization(model, op, requant, requantAt, (int)PackedRows.PaddedChannels(model, op));
        byte* staged = arena + OperatorRecord.Scratch(model, op);
        sbyte* image = (sbyte*)arena + TensorRecord.ArenaOffset(model, input);
        sbyte* output = (sbyte*)arena + TensorRecord.ArenaOffset(model, OperatorRecord.Output(model, op));
        if (Window.IsOnePixel(model, op))
        {
            int count = Window.Positions(model, op), depth = TensorRecord.Channels(model, input);
            PackedRows.RunMatrix<TTile>(
                image, count, depth, weights + weightsAt, (int*)(bias + biasAt), numbers, staged, output, channels);
            return;
        }
        var window = new PaddedWindow(model, op);
        int element = TileCode.ElementBytes(TTile.Code), pixel = window.Channels * element, line = (int)window.StagedWidth * pixel;
        int runElements = window.DilationX == 1 ? window.KernelWidth * window.Channels : window.Channels;
        var runs = new Runs(
            window.KernelHeight, (nint)window.DilationY * line, window.DilationX == 1 ? 1 : window.KernelWidth, (nint)window.DilationX * pixel,
            (runElements + TileCode.Group(TTile.Code) - 1) / TileCode.Group(TTile.Code));
        int* sums = (int*)(staged + window.StagedBytes(window.Channels, element));
        sbyte zeroPoint = (sbyte)TensorRecord.ZeroPoint(model, input);
        byte** rows = stackalloc byte*[ITile.Rows];
        for (int n = 0; n < window.Batch; n++, image += window.Height * window.Width * window.Channels)
        {
            window.Stage<TTile>(image, staged, zeroPoint, repeat: 1);
            var places = new Places(window, staged, pixel);
            while (places.Next(rows) is var count and > 0)
            {
                PackedRows.Run<TTile>(rows, count, runs, weights + weightsAt, (int*)(bias + biasAt), numbers, sums, output, channels);
                output += count * channels;
            }
        }
    }

    /// <summary>Runs of contiguous activations under a window: one per line, or one per tap where taps are dilated horizontally.</summary>
    private static int RunCount(Bytes model, int op) =>
        Window.KernelHeight(model, op) * (Window.DilationX(model, op) == 1 ? 1 : Window.KernelWidth(model, op));

    private static long RunElements(Bytes model, int op)
    {
        long channels = TensorRecord.Channels(model, OperatorRecord.Input(model, op));
        return Window.DilationX(model, op) == 1 ? Window.KernelWidth(model, op) * channels : channels;
    }
}
