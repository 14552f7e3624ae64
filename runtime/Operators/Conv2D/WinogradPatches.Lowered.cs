namespace EdgeCnn;

/// <summary>From an image to the transformed patches of some of its tiles, which are counted row by row.</summary>
internal readonly unsafe struct WinogradPatches
{
    private readonly short* _patches, _lines;
    private readonly sbyte* _zeros;
    private readonly nint _lineStep, _patchRow;
    private readonly int _tilesPerRow, _top, _left, _columns, _height, _width, _channels;

    /// <summary>Prepares what is the same for all rows: one beyond the image, and what lies beside the image in the lines.</summary>
    internal WinogradPatches(in PaddedWindow window, in WinogradScratch scratch, byte* memory, sbyte zeroPoint)
    {
        _patches = (short*)(memory + WinogradScratch.PatchesAt);
        _lines = (short*)(memory + scratch.LinesAt);
        _zeros = (sbyte*)memory + scratch.ZerosAt;
        _lineStep = (nint)scratch.LineStep;
        _patchRow = scratch.PatchRow;
        _tilesPerRow = Winograd.Tiles(window.OutputWidth);
        _top = window.Top;
        _left = window.Left;
        _height = window.Height;
        _width = window.Width;
        _channels = window.Channels;
        int reached = 2 * _tilesPerRow + 2 - _left;
        _columns = reached < _width ? reached : _width;
        Bytes128.Fill((short*)_zeros, (_width * _channels + 1) / 2, (short)((byte)zeroPoint * 0x0101));
        // Bᵀd where all of d is the zero point.
        for (int i = 0; i < 4; i++) Bytes128.Fill(_lines + i * _lineStep, (int)_lineStep, (short)(i == 1 ? 2 * zeroPoint : 0));
    }

    /// <summary>Transforms the patches of tiles <paramref name="first"/> to first + <paramref name="count"/> − 1.</summary>
    internal void Transform<TTile>(sbyte* image, int first, int count)
        where TTile : struct, IWinogradTile
    {
        int row = first / _tilesPerRow, column = first % _tilesPerRow;
        short* patches = _patches;
        for (int left = count; left > 0; row++, column = 0)
        {
            // A row of tiles that goes on in the next call has its lines still.
            if (column == 0)
                TTile.WinogradLines(
                    Row(image, 2 * row), Row(image, 2 * row + 1), Row(image, 2 * row + 2), Row(image, 2 * row + 3), _columns * _channels,
                    _lines + _left * _channels, _lineStep);
            int together = _tilesPerRow - column < left ? _tilesPerRow - column : left;
            TTile.WinogradPatches(_lines + 2 * column * _channels, _lineStep, together, _channels, patches, _patchRow);
            patches += together * _patchRow;
            left -= together;
        }
    }

    /// <summary>A row of the padded image.</summary>
    private sbyte* Row(sbyte* image, int y)
    {
        int row = y - _top;
        return row < 0 || row >= _height ? _zeros : image + (nint)row * _width * _channels;
    }
}
