using System.Numerics;
using EdgeCnn.Trainer.Numerics;

namespace EdgeCnn.Trainer.Layers;

/// <summary>A function of single values that a normalization before it computes along, in registers of any width.</summary>
internal interface INormalizedFunction<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>y = f(x), lane by lane.</summary>
    static abstract TRegister Value<TRegister>(TRegister x)
        where TRegister : unmanaged, IRegister<TRegister, T>;

    /// <summary>δ · f′(x), lane by lane, from x or from f(x), which tell the same.</summary>
    static abstract TRegister Backward<TRegister>(TRegister x, TRegister delta)
        where TRegister : unmanaged, IRegister<TRegister, T>;
}
