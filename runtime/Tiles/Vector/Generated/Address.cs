namespace EdgeCnn;

/// <summary>A place in memory: base + index + displacement.</summary>
/// <param name="origin">The base register.</param>
/// <param name="index">The index register; <see cref="Register.Rsp"/>, whose number means that there is none.</param>
/// <param name="displacement">Bytes behind that.</param>
internal readonly struct Address(Register origin, Register index, int displacement)
{
    internal readonly Register Base = origin, Index = index;
    internal readonly int Displacement = displacement;

    /// <summary>Base + displacement.</summary>
    internal Address(Register origin, int displacement = 0)
        : this(origin, Register.Rsp, displacement)
    {
    }
}
