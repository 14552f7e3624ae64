namespace EdgeCnn;

/// <summary>
/// A device proves its own bit-exactness: the TEST section holds a seed for the inputs and the hash that every operator's output must
/// have (FORMAT.md, "TEST").
/// </summary>
public static unsafe class SelfTest
{
    /// <summary>Result when every hash is the expected one.</summary>
    public const int Passed = -1;

    /// <summary>Result when the model has no TEST section.</summary>
    public const int NoTest = -2;

    internal const int SeedAt = 0x00;
    internal const int ReservedAt = 0x04;
    internal const int HashesAt = 0x08;

    /// <summary>Bytes of a TEST section for <paramref name="operators"/> operators.</summary>
    internal static int SectionBytes(int operators) => HashesAt + 8 * operators;

    /// <summary>Fills the inputs with random integers, runs the model, and compares.</summary>
    /// <param name="report">Receives <see cref="Probe"/> entries from <paramref name="reportAt"/> on.</param>
    /// <returns>The first operator whose hash differs, <see cref="Passed"/> or <see cref="NoTest"/>.</returns>
    public static int Run(Bytes model, Bytes arena, Bytes report, int reportAt)
    {
        if (ModelFile.Find(model, SectionType.Test) == 0) return NoTest;
        int section = ModelFile.SectionOffset(model, SectionType.Test), count = ModelFile.OperatorCount(model);
        FillInputs(model, arena, (uint)Memory.Int32(model, section + SeedAt));
        Probe.Run(model, arena, report, reportAt);
        for (int i = 0; i < count; i++)
        {
            int expected = section + HashesAt + 8 * i, found = reportAt + i * Probe.EntryBytes;
            if (Probe.Hash(report, found) != Probe.Hash(model, expected)) return i;
        }
        return Passed;
    }

    /// <summary>Fills every input with random integers: input i from stream seed + i.</summary>
    public static void FillInputs(Bytes model, Bytes arena, uint seed)
    {
        int inputs = IORecord.InputCount(model);
        for (int i = 0; i < inputs; i++)
        {
            int tensor = IORecord.Input(model, i);
            Generator.Fill(arena, TensorRecord.ArenaOffset(model, tensor), TensorRecord.ByteCount(model, tensor), seed + (uint)i);
        }
    }
}
