using System.Runtime;
using System.Runtime.CompilerServices;

namespace EdgeCnn;

/// <summary>
/// Convolution with <see cref="RowTile"/>: the places under two windows at a time, copied by patch.S, or as they lie in the input where the
/// window is a pixel.
/// </summary>
internal static unsafe class ConvolutionTile
{
    /// <summary>Whether it serves this operator: a convolution, or a depthwise one of a single channel, which is the same.</summary>
    internal static bool Takes(byte* model, int op) =>
        (OperatorRecord.Code(model, op) == Conv2D.Code || TensorRecord.Channels(model, OperatorRecord.Input(model, op)) == 1)
        && RowTile.Takes(Tile.Rows, TensorRecord.Channels(model, OperatorRecord.Output(model, op)), (int)Window.Taps(model, op))
        && Window.DilationY(model, op) == 1 && Window.DilationX(model, op) == 1;

    /// <summary>Computes all outputs.</summary>
    internal static void Run(
        byte* model, int op, byte* arena, byte* weights, int weightsAt, byte* bias, int biasAt, byte* requant, int requantAt)
    {
        int input = OperatorRecord.Input(model, op), output = OperatorRecord.Output(model, op), positions = Window.Positions(model, op);
        byte* from = arena + TensorRecord.ArenaOffset(model, input), to = arena + TensorRecord.ArenaOffset(model, output);
        int channels = TensorRecord.Channels(model, output), depth = (int)Window.Taps(model, op);
        RowBlock block;
        block.Depth = depth;
        block.Channels = channels;
        block.Weights = weights + weightsAt;
        block.Bias = bias + biasAt;
        block.Multipliers = requant + requantAt;
        block.Shifts = requant + requantAt + 4 * WeightedRows.Multipliers(model, op);
        block.Step = OperatorRecord.IsPerChannel(model, op) ? 1 : 0;
        block.ZeroPoint = TensorRecord.ZeroPoint(model, output);
        if (Window.IsOnePixel(model, op))
        {
            for (int p = 0; p + 1 < positions; p += 2, from += 2 * depth, to += 2 * channels) RowTile.TwoRows(from, to, &block);
            if ((positions & 1) != 0) RowTile.OneRow(from, to, &block);
        }
        else
        {
            Windows(model, op, from, arena + OperatorRecord.Scratch(model, op), to, &block);
        }
        RowTile.Clamp(model, op, arena + TensorRecord.ArenaOffset(model, output), positions * channels);
    }

    private static void Windows(byte* model, int op, byte* image, byte* patches, byte* to, RowBlock* block)
    {
        int input = OperatorRecord.Input(model, op), output = OperatorRecord.Output(model, op);
        int height = TensorRecord.Dimension(model, input, 1), width = TensorRecord.Dimension(model, input, 2);
        int pixel = TensorRecord.Channels(model, input), line = width * pixel, zeroPoint = TensorRecord.ZeroPoint(model, input);
        int kernelHeight = Window.KernelHeight(model, op), kernelWidth = Window.KernelWidth(model, op), pitch = kernelWidth * pixel;
        int strideY = Window.StrideY(model, op), strideX = Window.StrideX(model, op);
        int outputHeight = TensorRecord.Dimension(model, output, 1), outputWidth = TensorRecord.Dimension(model, output, 2);
        int depth = block->Depth, channels = block->Channels, images = TensorRecord.Dimension(model, input, 0);
        // The scratch memory of a depthwise convolution has room for one window.
        bool single = OperatorRecord.Code(model, op) != Conv2D.Code;
        byte* patch = patches;
        for (; images > 0; images--, image += height * line)
        {
            int top = -Window.PadTop(model, op);
            for (int y = 0; y < outputHeight; y++, top += strideY)
            {
                int begin = top < 0 ? -top : 0, lines = (top + kernelHeight > height ? height - top : kernelHeight) - begin;
                byte* first = image + (top + begin) * line;
                int left = -Window.PadLeft(model, op);
                for (int x = 0; x < outputWidth; x++, left += strideX)
                {
                    int before = left < 0 ? -left : 0, columns = (left + kernelWidth > width ? width - left : kernelWidth) - before;
                    if (columns != kernelWidth || lines != kernelHeight) Fill(patch, depth, zeroPoint);
                    CopyLines(
                        first + (left + before) * pixel, line, patch + begin * pitch + before * pixel, pitch, columns * pixel, lines);
                    if (single)
                    {
                        RowTile.OneRow(patch, to, block);
                        to += channels;
                    }
                    else if (patch == patches)
                    {
                        patch += depth;
                    }
                    else
                    {
                        patch = patches;
                        RowTile.TwoRows(patches, to, block);
                        to += 2 * channels;
                    }
                }
            }
        }
        if (patch != patches) RowTile.OneRow(patches, to, block);
    }

    [RuntimeImport("*", "copy_lines"), MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void CopyLines(byte* from, int line, byte* to, int pitch, int bytes, int lines);

    [RuntimeImport("*", "fill_bytes"), MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void Fill(byte* to, int count, int value);
}
