namespace EdgeCnn;

/// <summary>
/// The only trust boundary. A file that passes is safe to run for any input: nothing is read outside the file or the arena, nothing
/// is written outside the arena, and no tensor is overwritten while it is still needed. Time is bounded by the file's size and by
/// <see cref="ModelFile.MaxOperators"/> · <see cref="ModelFile.MaxTensors"/>.
/// </summary>
public static unsafe class ModelCheck
{
    /// <summary>Checks every rule of FORMAT.md, in the order of the file.</summary>
    /// <param name="model">The file. The pointer build wants it at a multiple of four.</param>
    /// <param name="length">Bytes readable at <paramref name="model"/>; may be more than the file has.</param>
    /// <param name="arenaLength">Bytes that the caller will give to <see cref="Interpreter.Run"/>.</param>
    /// <param name="where">Set to the byte offset of the field at fault; unchanged when the file is well formed.</param>
    public static ModelError Verify(Bytes model, int length, int arenaLength, ref int where)
    {
        ModelError error = HeaderCheck.Header(model, length, arenaLength, ref where);
        if (error == ModelError.None) error = HeaderCheck.Sections(model, ref where);
        return error == ModelError.None ? Records(model, ref where) : error;
    }

    /// <summary>What the sections say, after their bytes were found whole.</summary>
    internal static ModelError Records(Bytes model, ref int where)
    {
        ModelError error = TensorCheck.All(model, ref where);
        if (error == ModelError.None) error = OperatorCheck.All(model, ref where);
        if (error == ModelError.None) error = IOCheck.All(model, ref where);
        if (error == ModelError.None) error = ArenaCheck.All(model, ref where);
        if (error == ModelError.None) error = Test(model, ref where);
        if (error == ModelError.None) error = LearnCheck.All(model, ref where);
        return error;
    }

    /// <summary>Notes the place of a fault and returns it.</summary>
    internal static ModelError Fail(ModelError error, int at, ref int where)
    {
        where = at;
        return error;
    }

    private static ModelError Test(Bytes model, ref int where)
    {
        int entry = ModelFile.Find(model, SectionType.Test);
        if (entry == 0) return ModelError.None;
        if (Memory.Int32(model, entry + ModelFile.SectionBytesAt) != SelfTest.SectionBytes(ModelFile.OperatorCount(model)))
            return Fail(ModelError.BadTest, entry + ModelFile.SectionBytesAt, ref where);
        int reserved = Memory.Int32(model, entry + ModelFile.SectionOffsetAt) + SelfTest.ReservedAt;
        return Memory.Int32(model, reserved) == 0 ? ModelError.None : Fail(ModelError.BadTest, reserved, ref where);
    }
}
