using System.Runtime.CompilerServices;

namespace EdgeCnn.Trainer.Numerics;

/// <summary>Where the rows of the left factor begin, tile by tile.</summary>
internal unsafe struct RowWalk<T>(in Product<T> product)
    where T : unmanaged
{
    private readonly nint _row = product.ARow, _line = product.ARowLine;
    private readonly int _run = product.RowRun;
    private T* _lineStart = product.A, _next = product.A;
    private int _left = product.RowRun;

    /// <summary>Rows that the tile lacks repeat its last one: the same values are computed and stored again.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Next(T** rows, int height, int tileRows)
    {
        for (var i = 0; i < height; i++)
        {
            rows[i] = _next;
            _next += _row;
            if (--_left > 0)
                continue;
            _lineStart += _line;
            _next = _lineStart;
            _left = _run;
        }

        for (var i = height; i < tileRows; i++)
            rows[i] = rows[height - 1];
    }
}
