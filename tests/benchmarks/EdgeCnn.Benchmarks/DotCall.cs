using System;
using System.Runtime.InteropServices;
using EdgeCnn.Managed;

namespace EdgeCnn.Benchmarks;

/// <summary>A call of a micro-kernel, with memory for what it reads and writes. The numbers do not matter to its time.</summary>
internal sealed unsafe class DotCall : IDisposable
{
    private const nuint CacheLine = 64;

    /// <summary>What a vector load may read beyond a row.</summary>
    private const int Spare = 64;

    private readonly DotShape _shape;
    private readonly int _rowBytes;
    private readonly byte* _activations, _weights;
    private readonly byte** _rows;
    private readonly int* _bias, _sums;

    /// <summary>Prepares a call of the tile with this code.</summary>
    public DotCall(int tile, DotShape shape)
    {
        _shape = shape;
        bool isPortable = tile == TileCode.Portable;
        int elementBytes = isPortable ? 1 : TileCode.ElementBytes(tile), group = isPortable ? 1 : TileCode.Group(tile);
        int depth = (shape.Depth + group - 1) / group * group;
        _rowBytes = depth * elementBytes;
        _activations = Allocate<byte>(shape.Rows * _rowBytes + Spare);
        _weights = Allocate<byte>(shape.Channels * depth * elementBytes + Spare);
        _bias = Allocate<int>(shape.Channels);
        _sums = Allocate<int>(shape.Channels * ITile.Rows);
        _rows = (byte**)Allocate<nint>(ITile.Rows);
        for (int r = 0; r < ITile.Rows; r++) _rows[r] = _activations + Math.Min(r, shape.Rows - 1) * _rowBytes;
        Run = tile switch
        {
            TileCode.Avx2 => Vector<Avx2Tile>,
            TileCode.Avx512 => Vector<Avx512Tile>,
            TileCode.AdvSimd => Vector<AdvSimdTile>,
            TileCode.Sdot => Vector<SdotTile>,
            TileCode.Vnni => Vector<VnniTile>,
            _ => Portable,
        };
    }

    /// <summary>Makes the call.</summary>
    public Action Run { get; }

    /// <summary>Releases the memory.</summary>
    public void Dispose()
    {
        foreach (nint memory in (ReadOnlySpan<nint>)[(nint)_activations, (nint)_weights, (nint)_bias, (nint)_sums, (nint)_rows])
            NativeMemory.AlignedFree((void*)memory);
    }

    private static T* Allocate<T>(int count)
        where T : unmanaged
    {
        nuint bytes = (nuint)(count * sizeof(T));
        void* memory = NativeMemory.AlignedAlloc(bytes, CacheLine);
        NativeMemory.Clear(memory, bytes);
        return (T*)memory;
    }

    /// <summary>The portable tile takes fewer rows and channels at a time; its operators call it as often as this.</summary>
    private void Portable()
    {
        for (int r = 0; r < _shape.Rows; r += Tile.Rows)
        {
            for (int c = 0; c < _shape.Channels; c += Tile.Channels)
            {
                Tile.Dot(
                    _activations, r * _rowBytes, _rowBytes, Math.Min(Tile.Rows, _shape.Rows - r),
                    _weights, c * _rowBytes, Tile.Channels, _rowBytes, (byte*)_sums, 0);
            }
        }
    }

    private void Vector<TTile>()
        where TTile : ITile
    {
        int groups = _rowBytes / TileCode.ElementBytes(TTile.Code) / TileCode.Group(TTile.Code);
        if (_shape.Rows == 1)
            TTile.DotOneRow(_activations, groups, (sbyte*)_weights, _bias, _sums);
        else
            TTile.Dot(_rows, _shape.Rows, new Runs(1, 0, 1, 0, groups), _weights, _bias, _shape.Channels, _sums);
    }
}
