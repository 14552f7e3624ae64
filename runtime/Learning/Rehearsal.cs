namespace EdgeCnn;

/// <summary>
/// Samples that are kept while others are learned, so that the model can be asked about them and learn them again: a uniform choice of all
/// that were offered (reservoir sampling, Vitter, "Random sampling with a reservoir", 1985), in a caller's buffer of a fixed size. A sample
/// is a label and the bytes of all inputs.
/// </summary>
public static unsafe class Rehearsal
{
    private const int HeaderBytes = 16, LabelBytes = 4;
    private const int CapacityAt = 0x00, OfferedAt = 0x04, DrawnAt = 0x08, SeedAt = 0x0C;

    /// <summary>Bytes of a store for <paramref name="capacity"/> samples.</summary>
    public static int Bytes(Bytes model, int capacity) => HeaderBytes + capacity * SampleBytes(model);

    /// <summary>Empties a store; the first thing to do with its memory.</summary>
    /// <param name="store">The memory, at a multiple of 4.</param>
    /// <param name="capacity">Samples that it has room for, 1 up.</param>
    /// <param name="seed">What the choice is drawn from.</param>
    public static void Clear(Bytes store, int capacity, uint seed)
    {
        Memory.SetInt32(store, CapacityAt, capacity);
        Memory.SetInt32(store, OfferedAt, 0);
        Memory.SetInt32(store, DrawnAt, 0);
        Memory.SetInt32(store, SeedAt, (int)seed);
    }

    /// <summary>Samples that the store holds.</summary>
    public static int Count(Bytes store)
    {
        int offered = Memory.Int32(store, OfferedAt), capacity = Memory.Int32(store, CapacityAt);
        return offered < capacity ? offered : capacity;
    }

    /// <summary>Offers the sample in the inputs: of n offered samples the store holds each with the same probability.</summary>
    public static void Offer(Bytes model, Bytes arena, Bytes store, int label)
    {
        int capacity = Memory.Int32(store, CapacityAt), offered = Memory.Int32(store, OfferedAt);
        int place = offered < capacity ? offered : Below(store, (uint)offered, offered + 1);
        if (offered < int.MaxValue - 1) Memory.SetInt32(store, OfferedAt, offered + 1);
        if (place >= capacity) return;
        int at = HeaderBytes + place * SampleBytes(model), inputs = IORecord.InputCount(model);
        Memory.SetInt32(store, at, label);
        at += LabelBytes;
        for (int i = 0; i < inputs; i++)
        {
            int tensor = ModelFile.Tensor(model, i), bytes = TensorRecord.ByteCount(model, tensor);
            Memory.Copy(arena, TensorRecord.ArenaOffset(model, tensor), store, at, bytes);
            at += bytes;
        }
    }

    /// <summary>Puts sample <paramref name="index"/> into the inputs, and its label into the state.</summary>
    public static void Load(Bytes model, Bytes arena, Bytes store, int index)
    {
        int at = HeaderBytes + index * SampleBytes(model), inputs = IORecord.InputCount(model);
        LearnState.SetLabel(model, arena, Memory.Int32(store, at));
        at += LabelBytes;
        for (int i = 0; i < inputs; i++)
        {
            int tensor = ModelFile.Tensor(model, i), bytes = TensorRecord.ByteCount(model, tensor);
            Memory.Copy(store, at, arena, TensorRecord.ArenaOffset(model, tensor), bytes);
            at += bytes;
        }
    }

    /// <summary>Learns one of the samples again, drawn at random; nothing when there is none.</summary>
    public static void Learn(Bytes model, Bytes arena, Bytes store)
    {
        int count = Count(store), drawn = Memory.Int32(store, DrawnAt);
        if (count == 0) return;
        Memory.SetInt32(store, DrawnAt, drawn + 1);
        Load(model, arena, store, Below(store, ~(uint)drawn, count));
        Learner.Step(model, arena);
    }

    /// <summary>How many of the samples the model knows as it is now.</summary>
    public static int Correct(Bytes model, Bytes arena, Bytes store)
    {
        int count = Count(store), correct = 0;
        for (int i = 0; i < count; i++)
        {
            Load(model, arena, store, i);
            Learner.Evaluate(model, arena);
            if (LearnState.Answer(model, arena) == LearnState.Label(model, arena)) correct++;
        }
        return correct;
    }

    /// <summary>A number from 0 to below <paramref name="end"/>.</summary>
    private static int Below(Bytes store, uint index, int end) =>
        (int)(((ulong)Generator.Bits((uint)Memory.Int32(store, SeedAt), index) * (uint)end) >> 32);

    private static int SampleBytes(Bytes model)
    {
        int inputs = IORecord.InputCount(model), bytes = LabelBytes;
        for (int i = 0; i < inputs; i++) bytes += TensorRecord.ByteCount(model, ModelFile.Tensor(model, i));
        return (bytes + 3) & ~3;
    }
}
