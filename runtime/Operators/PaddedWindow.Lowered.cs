namespace EdgeCnn;

/// <summary>
/// The window of a lowered convolution over its staged input: one image of the batch with all the padding that its windows reach, so
/// that no tap needs a check. Read once from the records.
/// </summary>
internal readonly unsafe struct PaddedWindow
{
    internal readonly int Batch, Height, Width, Channels, OutputHeight, OutputWidth, OutputChannels;
    internal readonly int KernelHeight, KernelWidth, StrideY, StrideX, Top, Left, DilationY, DilationX;

    internal PaddedWindow(Bytes model, int op)
    {
        int input = OperatorRecord.Input(model, op), output = OperatorRecord.Output(model, op);
        Batch = TensorRecord.Dimension(model, input, 0);
        Height = TensorRecord.Dimension(model, input, 1);
        Width = TensorRecord.Dimension(model, input, 2);
        Channels = TensorRecord.Dimension(model, input, 3);
        OutputHeight = TensorRecord.Dimension(model, output, 1);
        OutputWidth = TensorRecord.Dimension(model, output, 2);
        OutputChannels = TensorRecord.Dimension(model, output, 3);
        KernelHeight = Window.KernelHeight(model, op);
        KernelWidth = Window.KernelWidth(model, op);
        StrideY = Window.StrideY(model, op);
        StrideX = Window.StrideX(model, op);
        Top = Window.PadTop(model, op);
        Left = Window.PadLeft(model, op);
        DilationY = Window.DilationY(model, op);
        DilationX = Window.DilationX(model, op);
    }

    /// <summary>Rows that the windows of one image reach.</summary>
    internal long StagedHeight => (OutputHeight - 1L) * StrideY + (KernelHeight - 1L) * DilationY + 1;

    /// <summary>Columns that the windows of one image reach.</summary>
    internal long StagedWidth => (OutputWidth - 1L) * StrideX + (KernelWidth - 1L) * DilationX + 1;

    /// <summary>Bytes of a staged image with <paramref name="channels"/> channels, and behind it what the last group may read.</summary>
    internal long StagedBytes(long channels, int elementBytes)
    {
        long bytes = PackedRows.Product(PackedRows.Product(StagedHeight, StagedWidth), channels * elementBytes);
        return (bytes + Slack + 3) & ~3L;
    }

    /// <summary>Bytes behind staged activations that may be read but don't count: they meet weights that are zero, or no weights.</summary>
    internal const int Slack = 64;

    /// <summary>Stages image <paramref name="image"/>, each channel <paramref name="repeat"/> times, with the zero point around it.</summary>
    internal void Stage<TTile>(sbyte* image, byte* staged, sbyte zeroPoint, int repeat)
        where TTile : struct, ITile
    {
        int elementBytes = TileCode.ElementBytes(TTile.Code), pixelBytes = Channels * repeat * elementBytes;
        sbyte padding = (sbyte)(zeroPoint + TileCode.Offset(TTile.Code));
        int width = (int)StagedWidth, height = (int)StagedHeight;
        int left = Left < width ? Left : width, inside = width - left < Width ? width - left : Width;
        for (int y = 0; y < height; y++)
        {
            int row = y - Top, columns = row < 0 || row >= Height ? 0 : inside, before = columns == 0 ? width : left;
            Fill(staged, before * pixelBytes, elementBytes, padding);
            staged += before * pixelBytes;
            if (columns == 0) continue;
            sbyte* from = image + (nint)row * Width * Channels;
            if (repeat == 1) TTile.Stage(from, staged, columns * Channels);
            else Repeat(from, staged, columns * Channels, repeat, elementBytes);
            staged += columns * pixelBytes;
            int behind = width - left - columns;
            Fill(staged, behind * pixelBytes, elementBytes, padding);
            staged += behind * pixelBytes;
        }
    }

    private static void Repeat(sbyte* from, byte* to, int count, int repeat, int elementBytes)
    {
        for (; count > 0; count--, from++)
            for (int r = 0; r < repeat; r++, to += elementBytes)
            {
                if (elementBytes == 1) *to = (byte)*from;
                else *(short*)to = *from;
            }
    }

    private static void Fill(byte* to, int bytes, int elementBytes, sbyte value)
    {
        if (elementBytes == 1) Bytes128.Fill(to, bytes, (byte)value);
        else Bytes128.Fill((short*)to, bytes / 2, value);
    }
}
