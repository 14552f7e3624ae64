namespace EdgeCnn;

/// <summary>Copies what lies under a window to one place, so that it is a row for the tile.</summary>
internal static unsafe class Patch
{
    /// <summary>Copies Kh×Kw×count elements under the window at (n, y, x), the channels from <paramref name="first"/> on, to
    /// <paramref name="patch"/>; taps outside the input get its zero point, so that the fold of −zeroPoint · Σ weights into the bias is
    /// exact
    /// at the borders too. Int8, or int16 with zero point 0.</summary>
    internal static void Gather(Bytes model, int op, Bytes arena, int n, int y, int x, int first, int count, int patch) =>
        Gather(model, op, arena, TensorRecord.ArenaOffset(model, OperatorRecord.Input(model, op)), n, y, x, first, count, patch);

    /// <summary>The same where the input is not at its place in the arena, but at <paramref name="images"/>.</summary>
    internal static void Gather(Bytes model, int op, Bytes arena, int images, int n, int y, int x, int first, int count, int patch)
    {
        int input = OperatorRecord.Input(model, op), size = ElementType.Bytes(TensorRecord.Type(model, input));
        int height = TensorRecord.Dimension(model, input, 1), width = TensorRecord.Dimension(model, input, 2);
        int pixel = Window.PixelBytes(model, input), piece = count * size;
        int kernelHeight = Window.KernelHeight(model, op), kernelWidth = Window.KernelWidth(model, op);
        int dilationY = Window.DilationY(model, op), dilationX = Window.DilationX(model, op);
        int top = y * Window.StrideY(model, op) - Window.PadTop(model, op);
        int left = x * Window.StrideX(model, op) - Window.PadLeft(model, op);
        int image = images + n * height * width * pixel + first * size, bottom = top + (kernelHeight - 1) * dilationY;
        int right = left + (kernelWidth - 1) * dilationX;
        if (top < 0 || left < 0 || bottom >= height || right >= width)
            Memory.Fill(arena, patch, kernelHeight * kernelWidth * piece, (byte)TensorRecord.ZeroPoint(model, input));
        if (piece == pixel && dilationY == 1 && dilationX == 1)
        {
            int y0 = top < 0 ? -top : 0, x0 = left < 0 ? -left : 0, lines = (bottom < height ? kernelHeight : height - top) - y0;
            int columns = (right < width ? kernelWidth : width - left) - x0, line = width * pixel, pitch = kernelWidth * pixel;
            Memory.CopyLines(
                arena, image + (top + y0) * line + (left + x0) * pixel, line, arena, patch + y0 * pitch + x0 * pixel, pitch,
                columns * pixel, lines);
            return;
        }
        for (int row = top; row <= bottom; row += dilationY)
        {
            for (int column = left; column <= right; column += dilationX, patch += piece)
            {
                if (row < 0 || row >= height || column < 0 || column >= width) continue;
                int from = image + (row * width + column) * pixel;
                if (piece == 1) arena[patch] = arena[from];
                else Memory.Copy(arena, from, arena, patch, piece);
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
