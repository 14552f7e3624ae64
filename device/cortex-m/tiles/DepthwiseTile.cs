using System.Runtime;
using System.Runtime.CompilerServices;

namespace EdgeCnn;

/// <summary>
/// Depthwise convolution by windows of 3×3 with strides 1 and 2, from depthwise.S: strips of output rows, so that the part of a channel
/// that they see fits on the stack.
/// </summary>
internal static unsafe class DepthwiseTile
{
    private const int Kernel = 3;

    /// <summary>Bytes of stack that a channel's plane of 16-bit numbers may take.</summary>
    private const int PlaneBytes = 2048;

    /// <summary>Whether it serves this operator.</summary>
    internal static bool Takes(byte* model, int op, byte* requant, int requantAt)
    {
        int channels = TensorRecord.Channels(model, OperatorRecord.Output(model, op)), strideX = Window.StrideX(model, op);
        if (TensorRecord.Channels(model, OperatorRecord.Input(model, op)) != channels || strideX > 2) return false;
        if (Window.KernelHeight(model, op) != Kernel || Window.KernelWidth(model, op) != Kernel) return false;
        if (Window.DilationY(model, op) != 1 || Window.DilationX(model, op) != 1) return false;
        return BytesOf(Pitch(model, op), Kernel) <= PlaneBytes
            && AreFractions(requant, requantAt, WeightedRows.Multipliers(model, op));
    }

    /// <summary>Computes all outputs.</summary>
    internal static void Run(
        byte* model, int op, byte* arena, byte* weights, int weightsAt, byte* bias, int biasAt, byte* requant, int requantAt)
    {
        int input = OperatorRecord.Input(model, op), output = OperatorRecord.Output(model, op);
        int channels = TensorRecord.Channels(model, output), multipliers = WeightedRows.Multipliers(model, op);
        int height = TensorRecord.Dimension(model, input, 1), width = TensorRecord.Dimension(model, input, 2);
        int outputHeight = TensorRecord.Dimension(model, output, 1), outputWidth = TensorRecord.Dimension(model, output, 2);
        int images = TensorRecord.Dimension(model, input, 0), line = width * channels, pitch = Pitch(model, op);
        int padTop = Window.PadTop(model, op), padLeft = Window.PadLeft(model, op), strideY = Window.StrideY(model, op);
        int right = pitch / sizeof(short) - padLeft, most = MostRows(pitch, strideY, outputHeight);
        byte* to = arena + TensorRecord.ArenaOffset(model, output), from = arena + TensorRecord.ArenaOffset(model, input);
        DepthwiseStrip strip;
        strip.Pixel = channels;
        strip.Line = line;
        strip.Columns = width < right ? width : right;
        strip.Pitch = pitch;
        strip.ZeroPair = (TensorRecord.ZeroPoint(model, input) & 0xFFFF) * 0x10001;
        strip.Step = OperatorRecord.IsPerChannel(model, op) ? 1 : 0;
        strip.ZeroPoint = TensorRecord.ZeroPoint(model, output);
        strip.OutputColumns = outputWidth;
        strip.StrideX = Window.StrideX(model, op);
        strip.StrideY = strideY * pitch;
        strip.Channels = channels;
        strip.WeightsEnd = weights + weightsAt + Kernel * Kernel * channels;
        for (int n = 0; n < images; n++, from += height * line)
        {
            for (int y = 0; y < outputHeight; y += most, to += strip.OutputRows * outputWidth * channels)
            {
                int count = outputHeight - y < most ? outputHeight - y : most, planeRows = (count - 1) * strideY + Kernel;
                int top = y * strideY - padTop, begin = top < 0 ? 0 : top, end = top + planeRows < height ? top + planeRows : height;
                strip.Input = from + begin * line;
                strip.Rows = end - begin;
                strip.Interior = (begin - top) * pitch + padLeft * sizeof(short);
                strip.PlaneBytes = BytesOf(pitch, planeRows);
                strip.Weights = weights + weightsAt;
                strip.Bias = bias + biasAt;
                strip.Multipliers = requant + requantAt;
                strip.Shifts = requant + requantAt + 4 * multipliers;
                strip.Output = to;
                strip.OutputRows = count;
                Depthwise3x3(&strip);
                RowTile.Clamp(to, count * outputWidth * channels, Clamp.Min(model, op), Clamp.Max(model, op));
            }
        }
    }

    /// <summary>Bytes of a row of a plane, whole words: the columns under all windows.</summary>
    private static int Pitch(byte* model, int op)
    {
        int columns = (TensorRecord.Dimension(model, OperatorRecord.Output(model, op), 2) - 1) * Window.StrideX(model, op) + Kernel;
        return sizeof(short) * ((columns + 1) & ~1);
    }

    /// <summary>Bytes of a plane; the last window reads one place more, times zero.</summary>
    private static int BytesOf(int pitch, int rows) => (pitch * rows + sizeof(short) + 3) & ~3;

    /// <summary>Output rows whose plane fits.</summary>
    private static int MostRows(int pitch, int strideY, int rows)
    {
        while (BytesOf(pitch, (rows - 1) * strideY + Kernel) > PlaneBytes) rows--;
        return rows;
    }

    /// <summary>Whether every scale is a mantissa of 31 bits and a shift to the right.</summary>
    private static bool AreFractions(byte* block, int at, int count)
    {
        for (int i = 0; i < count; i++)
            if (ScaleBlock.Multiplier(block, at, i) < 1 << 30 || ScaleBlock.Shift(block, at, count, i) >= 0) return false;
        return true;
    }

    [RuntimeImport("*", "depthwise_3x3"), MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void Depthwise3x3(DepthwiseStrip* strip);
}
