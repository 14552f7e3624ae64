namespace EdgeCnn.Tests.PyTorch;

/// <summary>The generator of Numerical Recipes; make_numbers.py has the same.</summary>
internal sealed class Lcg(uint seed)
{
    private uint _state = seed;

    /// <summary>The upper <paramref name="count"/> bits of the next state.</summary>
    public int Bits(int count)
    {
        _state = _state * 1664525 + 1013904223;
        return (int)(_state >> (32 - count));
    }
}
