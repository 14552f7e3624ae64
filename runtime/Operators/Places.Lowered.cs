namespace EdgeCnn;

/// <summary>Walks over the places of a lowered convolution's output, row by row, a tile at a time.</summary>
internal unsafe struct Places
{
    private readonly nint _stepX, _stepY;
    private readonly int _width;
    private byte* _window;
    private int _left, _inRow;

    /// <summary>Starts at the first place of an image that is staged at <paramref name="staged"/>.</summary>
    internal Places(in PaddedWindow window, byte* staged, int pixelBytes)
    {
        _width = _inRow = window.OutputWidth;
        _stepX = (nint)window.StrideX * pixelBytes;
        _stepY = (nint)window.StrideY * (nint)window.StagedWidth * pixelBytes - _width * _stepX;
        _window = staged;
        _left = window.OutputHeight * _width;
    }

    /// <summary>Writes where the windows of the next places begin; their number, at most <see cref="ITile.Rows"/>, 0 at the end.</summary>
    internal int Next(byte** rows)
    {
        int count = _left < ITile.Rows ? _left : ITile.Rows;
        byte* window = _window;
        for (int r = 0; r < count;)
        {
            if (_inRow == 0)
            {
                window += _stepY;
                _inRow = _width;
            }
            int end = count - r < _inRow ? count : r + _inRow;
            _inRow -= end - r;
            for (; r < end; r++, window += _stepX) rows[r] = window;
        }
        _window = window;
        _left -= count;
        return count;
    }
}
