namespace EdgeCnn.Trainer.Numerics;

/// <summary>
/// A matrix product whose factors may lie in images: c[m, n] = initial[m, n] + Σ over lines l and steps k of a[m; l, k] · b[l, k; n]. So a
/// convolution needs no copy of its windows: the rows of its left factor are places in lines of an image, and its inner dimension runs
/// along the lines of a kernel.
/// </summary>
internal unsafe struct Product<T>
    where T : unmanaged
{
    /// <summary>Rows m of the result.</summary>
    public int Rows;

    /// <summary>Rows whose distance in the left factor is <see cref="ARow"/>, before the next <see cref="ARowLine"/> begins.</summary>
    public int RowRun;

    /// <summary>Columns n of the result, contiguous in b, initial and c.</summary>
    public int Columns;

    /// <summary>Lines l of the inner dimension.</summary>
    public int Lines;

    /// <summary>Steps k of a line.</summary>
    public int Run;

    /// <summary>Left factor, read one value at a time: a[m; l, k] is at A + (m / RowRun)·ARowLine + (m mod RowRun)·ARow + l·ALine +
    /// k·AStep.</summary>
    public T* A;

    /// <inheritdoc cref="A"/>
    public nint ARow, ARowLine, ALine, AStep;

    /// <summary>Right factor: b[l, k; n] is at B + l·BLine + k·BStep + n; read up to <see cref="Block{T}.Slack"/> bytes past its end.</summary>
    public T* B;

    /// <inheritdoc cref="B"/>
    public nint BLine, BStep;

    /// <summary>Where the sums start: a bias or zeros (row distance 0), or <see cref="C"/> itself to add to it.</summary>
    public T* Initial;

    /// <summary>Distance between the rows of <see cref="Initial"/>.</summary>
    public nint InitialRow;

    /// <summary>The result; exactly <see cref="Columns"/> values of each row are written.</summary>
    public T* C;

    /// <summary>Distance between the rows of <see cref="C"/>.</summary>
    public nint CRow;

    /// <summary>
    /// What will be read after the product, if anything: wide products have <see cref="SoonRow"/> values of both brought near with every
    /// row, at most a cache line with each step.
    /// </summary>
    public T* Soon, Later;

    /// <inheritdoc cref="Soon"/>
    public nint SoonRow;
}
