namespace EdgeCnn;

/// <summary>
/// Undoes learning that does harm: now and then the model as it is now and as it was at the last such moment are both asked about the
/// samples of a <see cref="Rehearsal"/> store, and the weights go back when it knows fewer of them by more than a margin. What it was is a
/// copy of everything that learns, in a caller's buffer of a fixed size.
/// </summary>
public static unsafe class Guard
{
    /// <summary>Bytes of the copy.</summary>
    public static int Bytes(Bytes model)
    {
        int records = LearnFile.Records(model), bytes = 0;
        for (int i = 0; i < records; i++)
            for (int plane = 0; plane < LearnedWeights.Planes; plane++)
                bytes += LearnedWeights.PlaneBytes(model, LearnFile.Record(model, i), plane);
        return bytes;
    }

    /// <summary>Takes the model as it is now for good.</summary>
    public static void Keep(Bytes model, Bytes arena, Bytes copy)
    {
        int records = LearnFile.Records(model), at = 0;
        for (int i = 0; i < records; i++)
            for (int plane = 0; plane < LearnedWeights.Planes; plane++)
            {
                int bytes = LearnedWeights.PlaneBytes(model, LearnFile.Record(model, i), plane);
                if (bytes > 0) Memory.Copy(arena, LearnedWeights.PlaneOffset(model, LearnFile.Record(model, i), plane), copy, at, bytes);
                at += bytes;
            }
    }

    /// <summary>Compares the model with what was kept, and goes back to that, or keeps it as it is now. The inputs may be gone
    /// afterwards.</summary>
    /// <param name="margin">Samples of the store that it may know fewer of.</param>
    /// <returns>Whether learning was undone.</returns>
    public static bool Check(Bytes model, Bytes arena, Bytes store, Bytes copy, int margin)
    {
        int now = Rehearsal.Correct(model, arena, store);
        Exchange(model, arena, copy);
        if (now < Rehearsal.Correct(model, arena, store) - margin)
        {
            Keep(model, arena, copy);
            return true;
        }
        Exchange(model, arena, copy);
        Keep(model, arena, copy);
        return false;
    }

    private static void Exchange(Bytes model, Bytes arena, Bytes copy)
    {
        int records = LearnFile.Records(model), at = 0;
        for (int i = 0; i < records; i++)
        {
            for (int plane = 0; plane < LearnedWeights.Planes; plane++)
            {
                int end = at + LearnedWeights.PlaneBytes(model, LearnFile.Record(model, i), plane);
                int place = LearnedWeights.PlaneOffset(model, LearnFile.Record(model, i), plane);
                for (; at < end; at++, place++)
                {
                    byte kept = copy[at];
                    copy[at] = arena[place];
                    arena[place] = kept;
                }
            }
            if (LearnRecord.Has(model, LearnFile.Record(model, i), LearnRecord.TrainsBiases))
                LearnedWeights.Repack(model, LearnFile.Record(model, i), arena);
        }
    }
}
