namespace EdgeCnn;

/// <summary>What <see cref="WinogradTransforms"/> does with vectors.</summary>
/// <typeparam name="TShort">A vector of int16.</typeparam>
/// <typeparam name="TInt">A vector of int32, of the same size.</typeparam>
internal unsafe interface IWinogradLanes<TShort, TInt>
    where TShort : struct
    where TInt : struct
{
    /// <summary>Elements of <typeparamref name="TShort"/>: 8 or 16.</summary>
    static abstract int Count { get; }

    /// <summary>int8, widened.</summary>
    static abstract TShort Widen(sbyte* at);

    static abstract TShort Load(short* at);

    static abstract void Store(short* at, TShort value);

    static abstract TShort Add(TShort a, TShort b);

    static abstract TShort Subtract(TShort a, TShort b);

    static abstract TInt Load(int* at);

    static abstract void Store(int* at, TInt value);

    static abstract TInt Add(TInt a, TInt b);

    static abstract TInt Subtract(TInt a, TInt b);

    /// <summary>value / 4, which leaves no remainder.</summary>
    static abstract TInt Quarter(TInt value);
}
