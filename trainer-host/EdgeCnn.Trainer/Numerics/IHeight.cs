namespace EdgeCnn.Trainer.Numerics;

/// <summary>Rows of a tile, known to the compiler: it leaves out the others.</summary>
internal interface IHeight
{
    /// <summary>The number.</summary>
    static abstract int Rows { get; }
}

/// <inheritdoc cref="IHeight"/>
internal readonly struct One : IHeight
{
    /// <inheritdoc/>
    public static int Rows => 1;
}

/// <inheritdoc cref="IHeight"/>
internal readonly struct Two : IHeight
{
    /// <inheritdoc/>
    public static int Rows => 2;
}

/// <inheritdoc cref="IHeight"/>
internal readonly struct Three : IHeight
{
    /// <inheritdoc/>
    public static int Rows => 3;
}

/// <inheritdoc cref="IHeight"/>
internal readonly struct Four : IHeight
{
    /// <inheritdoc/>
    public static int Rows => 4;
}

/// <inheritdoc cref="IHeight"/>
internal readonly struct Five : IHeight
{
    /// <inheritdoc/>
    public static int Rows => 5;
}

/// <inheritdoc cref="IHeight"/>
internal readonly struct Six : IHeight
{
    /// <inheritdoc/>
    public static int Rows => 6;
}

/// <inheritdoc cref="IHeight"/>
internal readonly struct Seven : IHeight
{
    /// <inheritdoc/>
    public static int Rows => 7;
}

/// <inheritdoc cref="IHeight"/>
internal readonly struct Eight : IHeight
{
    /// <inheritdoc/>
    public static int Rows => 8;
}
