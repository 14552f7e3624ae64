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
        int count = ModelFile.OperatorCount(model);
        FillInputs(model, arena, Seed(model));
        Probe.Run(model, arena, report, reportAt);
        for (int i = 0; i < count; i++)
            if (Probe.Hash(report, reportAt + i * Probe.EntryBytes) != Expected(model, i)) return i;
        return Passed;
    }

    /// <summary>Seed of the test's inputs. The model has a TEST section.</summary>
    public static uint Seed(Bytes model) => (uint)Memory.Int32(model, ModelFile.SectionOffset(model, SectionType.Test) + SeedAt);

    /// <summary>The hash that the output of operator <paramref name="index"/> must have. The model has a TEST section.</summary>
    public static ulong Expected(Bytes model, int index) =>
        Probe.Hash(model, ModelFile.SectionOffset(model, SectionType.Test) + HashesAt + 8 * index);

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
