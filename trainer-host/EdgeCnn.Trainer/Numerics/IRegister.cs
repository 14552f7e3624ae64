using System.Numerics;

namespace EdgeCnn.Trainer.Numerics;

/// <summary>
/// A vector register of some width, so that a loop is written once for all widths: every operation goes lane by lane, and so the results
/// are the same.
/// </summary>
/// <remarks>Such loops stay out of their callers: in a large method the compiler would leave calls where a register should work.</remarks>
/// <typeparam name="TSelf">The register.</typeparam>
/// <typeparam name="T">The number type.</typeparam>
internal unsafe interface IRegister<TSelf, T>
    where TSelf : unmanaged, IRegister<TSelf, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Number of lanes.</summary>
    static abstract int Count { get; }

    /// <summary>The same value in all lanes.</summary>
    static abstract TSelf All(T value);

    /// <summary>Values from memory.</summary>
    static abstract TSelf Load(T* from);

    /// <summary>x · y + z with one rounding.</summary>
    static abstract TSelf MultiplyAdd(TSelf x, TSelf y, TSelf z);

    /// <summary>One or the other, lane by lane; otherwise where x is no number.</summary>
    static abstract TSelf WhereLess(TSelf x, TSelf limit, TSelf less, TSelf otherwise);

    /// <summary>Writes all lanes.</summary>
    void Store(T* to);

    /// <summary>Writes the first lanes; what is behind them stays.</summary>
    void StoreFirst(int count, T* to);

    /// <summary>Sum.</summary>
    static abstract TSelf operator +(TSelf x, TSelf y);

    /// <summary>Difference.</summary>
    static abstract TSelf operator -(TSelf x, TSelf y);

    /// <summary>Product.</summary>
    static abstract TSelf operator *(TSelf x, TSelf y);

    /// <summary>The other sign.</summary>
    static abstract TSelf operator -(TSelf x);
}
