namespace EdgeCnn;

/// <summary>The windows of a pooling operator, its records read once: <see cref="Window"/> for loops in which every place counts.</summary>
internal readonly unsafe struct PoolWindows
{
    internal readonly int Batch, OutputHeight, OutputWidth, Channels, StrideX;
    private readonly int _input, _height, _width, _kernelHeight, _kernelWidth, _strideY, _top, _left;

    internal PoolWindows(Bytes model, int op)
    {
        int input = OperatorRecord.Input(model, op), output = OperatorRecord.Output(model, op);
        _input = TensorRecord.ArenaOffset(model, input);
        _height = TensorRecord.Dimension(model, input, 1);
        _width = TensorRecord.Dimension(model, input, 2);
        Channels = TensorRecord.Dimension(model, input, 3);
        Batch = TensorRecord.Dimension(model, output, 0);
        OutputHeight = TensorRecord.Dimension(model, output, 1);
        OutputWidth = TensorRecord.Dimension(model, output, 2);
        _kernelHeight = Window.KernelHeight(model, op);
        _kernelWidth = Window.KernelWidth(model, op);
        _strideY = Window.StrideY(model, op);
        StrideX = Window.StrideX(model, op);
        _top = Window.PadTop(model, op);
        _left = Window.PadLeft(model, op);
    }

    /// <summary>Arena offset of the first input place under the window of output (n, y, x).</summary>
    internal int First(int n, int y, int x) =>
        _input + ((n * _height + Begin(y * _strideY - _top)) * _width + Begin(x * StrideX - _left)) * Channels;

    /// <summary>Input rows under the windows of output row <paramref name="y"/>.</summary>
    internal int Lines(int y) => Size(y * _strideY - _top, _kernelHeight, _height);

    /// <summary>Input columns under the windows of output column <paramref name="x"/>.</summary>
    internal int Places(int x) => Size(x * StrideX - _left, _kernelWidth, _width);

    /// <summary>Output columns from <paramref name="x"/> on whose windows are inside the input from edge to edge.</summary>
    internal int WholeFrom(int x) =>
        x * StrideX < _left || x * StrideX - _left + _kernelWidth > _width ? 0 : Whole(x);

    /// <summary>Moves to the next place of the output in its order; false after the last.</summary>
    internal bool Next(ref int n, ref int y, ref int x)
    {
        if (++x < OutputWidth) return true;
        x = 0;
        if (++y < OutputHeight) return true;
        y = 0;
        return ++n < Batch;
    }

    private int Whole(int x)
    {
        int fit = (_width - _kernelWidth - (x * StrideX - _left)) / StrideX + 1;
        return fit < OutputWidth - x ? fit : OutputWidth - x;
    }

    private static int Begin(int start) => start < 0 ? 0 : start;

    private static int Size(int start, int kernel, int size) => (start + kernel < size ? start + kernel : size) - Begin(start);
}
