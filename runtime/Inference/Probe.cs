namespace EdgeCnn;

/// <summary>
/// Runs a model and notes about every operator's output what two machines need to find the first place where they differ: hash, range,
/// time. One 24-byte entry per operator: uint64 hash (FNV-1a over the output's bytes), int32 ticks, int32 smallest, int32 largest
/// element, int32 reserved.
/// </summary>
public static unsafe class Probe
{
    /// <summary>Bytes of one operator's entry.</summary>
    public const int EntryBytes = 24;

    internal const int HashAt = 0x00;
    internal const int TicksAt = 0x08;
    internal const int SmallestAt = 0x0C;
    internal const int LargestAt = 0x10;

    /// <summary>Runs the whole model, writing entries from <paramref name="reportAt"/> on.</summary>
    public static void Run(Bytes model, Bytes arena, Bytes report, int reportAt)
    {
        int count = ModelFile.OperatorCount(model);
        for (int i = 0; i < count; i++, reportAt += EntryBytes)
        {
            int start = Clock.Ticks();
            Interpreter.Step(model, arena, i);
            int ticks = Clock.Ticks() - start;
            Describe(model, arena, OperatorRecord.Output(model, ModelFile.Operator(model, i)), report, reportAt);
            Memory.SetInt32(report, reportAt + TicksAt, ticks);
        }
    }

    /// <summary>The hash in the entry at <paramref name="entry"/>.</summary>
    public static ulong Hash(Bytes report, int entry) =>
        (uint)Memory.Int32(report, entry + HashAt) | ((ulong)(uint)Memory.Int32(report, entry + HashAt + 4) << 32);

    /// <summary>Ticks of <see cref="Clock"/> that the operator took.</summary>
    public static int Ticks(Bytes report, int entry) => Memory.Int32(report, entry + TicksAt);

    /// <summary>Smallest element of the output.</summary>
    public static int Smallest(Bytes report, int entry) => Memory.Int32(report, entry + SmallestAt);

    /// <summary>Largest element of the output.</summary>
    public static int Largest(Bytes report, int entry) => Memory.Int32(report, entry + LargestAt);

    private static int Element(Bytes arena, int at, int type) => type switch
    {
        ElementType.Int8 => (sbyte)arena[at],
        ElementType.Int16 => Memory.Int16(arena, at),
        ElementType.Int32 => Memory.Int32(arena, at),
        _ => arena[at],
    };

    private static void Describe(Bytes model, Bytes arena, int tensor, Bytes report, int entry)
    {
        int at = TensorRecord.ArenaOffset(model, tensor), count = TensorRecord.Elements(model, tensor);
        int type = TensorRecord.Type(model, tensor), step = ElementType.Bytes(type);
        int smallest = ElementType.Max(type), largest = ElementType.Min(type);
        for (int i = 0; i < count; i++)
        {
            int q = Element(arena, at + i * step, type);
            if (q < smallest) smallest = q;
            if (q > largest) largest = q;
        }
        ulong hash = Fnv1a.Add(Fnv1a.Start, arena, at, TensorRecord.ByteCount(model, tensor));
        Memory.SetInt32(report, entry + HashAt, (int)hash);
        Memory.SetInt32(report, entry + HashAt + 4, (int)(hash >> 32));
        Memory.SetInt32(report, entry + SmallestAt, smallest);
        Memory.SetInt32(report, entry + LargestAt, largest);
        Memory.SetInt32(report, entry + LargestAt + 4, 0);
    }
}
