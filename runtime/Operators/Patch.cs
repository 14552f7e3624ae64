namespace EdgeCnn;

/// <summary>Copies what lies under a window to one place, so that it is a row for the tile.</summary>
internal static unsafe class Patch
{
    /// <summary>Copies Kh×Kw×count elements under each of some windows, the channels from <paramref name="first"/> on, to
    /// <paramref name="patch"/>; taps outside the input get its zero point, so that the fold of −zeroPoint · Σ weights into the bias is
    /// exact at the borders too. Int8, or int16 with zero point 0.</summary>
    /// <param name="images">Arena offset of the input, or of what stands for it.</param>
    /// <param name="window">The first window: number (n · Oh + y) · Ow + x for output (n, y, x).</param>
    internal static void Gather(
        Bytes model, int op, Bytes arena, int images, int window, int windows, int first, int count, int patch)
    {
        int input = OperatorRecord.Input(model, op), output = OperatorRecord.Output(model, op);
        int outputHeight = TensorRecord.Dimension(model, output, 1), outputWidth = TensorRecord.Dimension(model, output, 2);
        int height = TensorRecord.Dimension(model, input, 1), width = TensorRecord.Dimension(model, input, 2);
        int size = ElementType.Bytes(TensorRecord.Type(model, input)), piece = count * size;
        int pixel = TensorRecord.Dimension(model, input, 3) * size;
        int kernelHeight = Window.KernelHeight(model, op), kernelWidth = Window.KernelWidth(model, op);
        int dilationY = Window.DilationY(model, op), dilationX = Window.DilationX(model, op);
        bool isDense = piece == pixel && dilationY == 1 && dilationX == 1;
        for (; windows > 0; windows--, window++, patch += kernelHeight * kernelWidth * piece)
        {
            int line = window / outputWidth, n = line / outputHeight, image = images + n * height * width * pixel + first * size;
            int top = (line - n * outputHeight) * Window.StrideY(model, op) - Window.PadTop(model, op);
            int left = (window - line * outputWidth) * Window.StrideX(model, op) - Window.PadLeft(model, op);
            int bottom = top + (kernelHeight - 1) * dilationY, right = left + (kernelWidth - 1) * dilationX;
            int to = patch;
            if (top < 0 || left < 0 || bottom >= height || right >= width)
            {
                Memory.Fill(arena, patch, kernelHeight * kernelWidth * piece, (byte)TensorRecord.ZeroPoint(model, input));
                if (isDense)
                {
                    if (bottom >= height) bottom = height - 1;
                    if (right >= width) right = width - 1;
                    if (top < 0)
                    {
                        to -= top * kernelWidth * pixel;
                        top = 0;
                    }
                    if (left < 0)
                    {
                        to -= left * pixel;
                        left = 0;
                    }
                }
            }
            if (isDense)
            {
                LineTile.Copy(
                    arena, image + (top * width + left) * pixel, width * pixel, to, kernelWidth * pixel,
                    (right - left + 1) * pixel, bottom - top + 1);
                continue;
            }
            for (int row = top; row <= bottom; row += dilationY)
            {
                int from = image + (row * width + left) * pixel;
                for (int column = left; column <= right; column += dilationX, from += dilationX * pixel, to += piece)
                {
                    if ((uint)row >= (uint)height || (uint)column >= (uint)width) continue;
                    if (piece == 1) arena[to] = arena[from];
                    else Memory.Copy(arena, from, arena, to, piece);
                }
            }
        }
    }

    /// <summary>Adds Kh×Kw×I int32 sums at <paramref name="patch"/> to those at <paramref name="images"/> of the places under the window at
    /// (n, y, x); what belongs to taps outside the input is dropped.</summary>
    internal static void Scatter(Bytes model, int op, Bytes arena, int n, int y, int x, int patch, int images)
    {
        int input = OperatorRecord.Input(model, op), channels = TensorRecord.Channels(model, input);
        int height = TensorRecord.Dimension(model, input, 1), width = TensorRecord.Dimension(model, input, 2);
        int kernelHeight = Window.KernelHeight(model, op), kernelWidth = Window.KernelWidth(model, op);
        int dilationY = Window.DilationY(model, op), dilationX = Window.DilationX(model, op);
        int row = y * Window.StrideY(model, op) - Window.PadTop(model, op);
        int left = x * Window.StrideX(model, op) - Window.PadLeft(model, op);
        bool rowInside = dilationX == 1 && left >= 0 && left + kernelWidth <= width;
        for (int ky = 0; ky < kernelHeight; ky++, row += dilationY, patch += 4 * kernelWidth * channels)
        {
            if (row < 0 || row >= height) continue;
            int line = images + 4 * ((n * height + row) * width + left) * channels;
            if (rowInside) GradientTile.Add(arena, line, arena, patch, kernelWidth * channels);
            for (int kx = 0; kx < kernelWidth && !rowInside; kx++)
            {
                int column = left + kx * dilationX;
                if (column >= 0 && column < width)
                    GradientTile.Add(arena, line + 4 * kx * dilationX * channels, arena, patch + 4 * kx * channels, channels);
            }
        }
    }
}
