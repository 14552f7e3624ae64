namespace EdgeCnn;

/// <summary>From the transformed patches of some tiles to the outputs of these tiles.</summary>
internal readonly unsafe struct WinogradOutputs
{
    private readonly Requantization _numbers;
    private readonly short* _patches;
    private readonly int* _sums, _outputs;
    private readonly nint _patchRow;
    private readonly int _height, _width, _channels, _groups, _weightsPerBlock;

    internal WinogradOutputs(in PaddedWindow window, in WinogradScratch scratch, byte* memory, in Requantization numbers, int group)
    {
        _numbers = numbers;
        _sums = (int*)memory;
        _outputs = (int*)(memory + WinogradScratch.OutputsAt);
        _patches = (short*)(memory + WinogradScratch.PatchesAt);
        _patchRow = scratch.PatchRow;
        _height = window.OutputHeight;
        _width = window.OutputWidth;
        _channels = window.OutputChannels;
        _groups = (window.Channels + group - 1) / group;
        _weightsPerBlock = Winograd.Positions * _groups * group * ITile.BlockChannels;
    }

    /// <summary>Outputs of tiles <paramref name="first"/> to first + <paramref name="count"/> − 1.</summary>
    internal void Compute<TTile>(int first, int count, short* weights, int* bias, sbyte* image)
        where TTile : struct, IWinogradTile
    {
        for (int channel = 0; channel < _channels; channel += ITile.BlockChannels, weights += _weightsPerBlock)
        {
            TTile.WinogradProducts(_patches, _patchRow, count, _groups, weights, _sums);
            TTile.WinogradOutputs(_sums, count, bias + channel, _outputs);
            Store<TTile>(first, count, channel, image);
        }
    }

    /// <summary>Requantizes a block of sums: as much at a time as lies in one row of the output.</summary>
    private void Store<TTile>(int first, int count, int channel, sbyte* image)
        where TTile : struct, IWinogradTile
    {
        int tilesPerRow = Winograd.Tiles(_width), row = first / tilesPerRow, column = first % tilesPerRow;
        for (int t = 0; t < count; row++, column = 0)
        {
            int together = tilesPerRow - column < count - t ? tilesPerRow - column : count - t;
            int x = 2 * column, pixels = 2 * together < _width - x ? 2 * together : _width - x;
            for (int y = 2 * row; y < 2 * row + 2 && y < _height; y++)
                PackedRows.Finish<TTile>(
                    _outputs + (2 * Winograd.TilesAtOnce * (y & 1) + 2 * t) * ITile.BlockChannels, pixels, _numbers, channel,
                    image + ((nint)y * _width + x) * _channels, _channels);
            t += together;
        }
    }
}
