namespace EdgeCnn;

/// <summary>
/// A model whose weights stay in storage that cannot be addressed, such as a file: in RAM there are all other sections, and behind them a
/// window with the weights of one operator at a time. What is in RAM looks like a model file to the rest of the runtime, since
/// the record of the operator whose weights are in the window says that they are there.
/// </summary>
/// <remarks>
/// Opening: the first <see cref="HeadBytes"/> bytes of the file, or all of a shorter one → <see cref="VerifyHead"/> → the file up to
/// <see cref="WeightsAt"/>, and what begins at <see cref="TailAt"/> right behind → <see cref="VerifyResident"/> → the CRC-32 of
/// the weights, piece by piece, is <see cref="WeightsCrc"/>. Running: for each operator with <see cref="WeightBytes"/>, these bytes of the file go
/// to <see cref="WindowAt"/>, then <see cref="Place"/> and <see cref="Interpreter.Step"/>.
/// </remarks>
public static unsafe class ModelWindow
{
    /// <summary>Bytes that hold the longest header with its section table.</summary>
    public const int HeadBytes = ModelFile.HeaderBytes + ModelFile.MaxSections * ModelFile.SectionEntryBytes;

    /// <summary>Checks the header and the section table.</summary>
    /// <param name="model">The begin of the file.</param>
    /// <param name="fileLength">Bytes of the whole file in storage.</param>
    /// <param name="bufferLength">Bytes of the RAM that the model is given, at least <see cref="HeadBytes"/>.</param>
    /// <param name="arenaLength">Bytes of the arena.</param>
    /// <param name="where">Set to the byte offset of the field at fault.</param>
    public static ModelError VerifyHead(Bytes model, int fileLength, int bufferLength, int arenaLength, ref int where)
    {
        ModelError error = HeaderCheck.Header(model, fileLength, arenaLength, ref where);
        if (error == ModelError.None) error = HeaderCheck.Table(model, ref where);
        if (error != ModelError.None) return error;
        return WindowAt(model) <= bufferLength && WindowBytes(model) <= bufferLength - WindowAt(model)
            ? ModelError.None
            : ModelCheck.Fail(ModelError.BufferTooSmall, ModelFile.LayerBytesAt, ref where);
    }

    /// <summary>File offset of the weights; the end of the file when there are none.</summary>
    public static int WeightsAt(Bytes model)
    {
        int entry = ModelFile.Find(model, SectionType.Weights);
        return entry == 0 ? ModelFile.FileBytes(model) : Memory.Int32(model, entry + ModelFile.SectionOffsetAt);
    }

    /// <summary>Bytes of the weights section.</summary>
    public static int WeightsBytes(Bytes model) => ModelFile.SectionBytes(model, SectionType.Weights);

    /// <summary>CRC-32 of the weights section.</summary>
    public static uint WeightsCrc(Bytes model)
    {
        int entry = ModelFile.Find(model, SectionType.Weights);
        return entry == 0 ? 0 : (uint)Memory.Int32(model, entry + ModelFile.SectionCrcAt);
    }

    /// <summary>File offset of the first section after the weights; the end of the file when there is none.</summary>
    public static int TailAt(Bytes model)
    {
        int entry = ModelFile.Find(model, SectionType.Weights) + ModelFile.SectionEntryBytes;
        return entry == ModelFile.SectionEntryBytes || entry >= ModelFile.Body(model)
            ? ModelFile.FileBytes(model)
            : Memory.Int32(model, entry + ModelFile.SectionOffsetAt);
    }

    /// <summary>Offset of the window in RAM: what comes before it stays.</summary>
    public static int WindowAt(Bytes model)
    {
        int resident = WeightsAt(model) + ModelFile.FileBytes(model) - TailAt(model);
        return (resident + ModelFile.SectionAlignment - 1) & -ModelFile.SectionAlignment;
    }

    /// <summary>Bytes in RAM: what stays, and the window.</summary>
    public static int Bytes(Bytes model) => WindowAt(model) + WindowBytes(model);

    /// <summary>The window takes the largest layer, and is never empty.</summary>
    private static int WindowBytes(Bytes model)
    {
        int layer = ModelFile.LargestLayerBytes(model);
        return layer > ModelFile.SectionAlignment ? layer : ModelFile.SectionAlignment;
    }

    /// <summary>Checks what stays in RAM, and makes the header and the section table say where it is there. Once; after <see cref="VerifyHead"/>.</summary>
    /// <param name="model">What stays in RAM.</param>
    /// <param name="where">Set to the offset of the field at fault, in RAM.</param>
    public static ModelError VerifyResident(Bytes model, ref int where)
    {
        int body = ModelFile.Body(model), end = body, moved = TailAt(model) - WeightsAt(model), after = 0;
        ModelError error = ModelError.None;
        for (int entry = ModelFile.HeaderBytes; entry < body && error == ModelError.None; entry += ModelFile.SectionEntryBytes)
        {
            int offset = Memory.Int32(model, entry + ModelFile.SectionOffsetAt) - after;
            if (model[entry + ModelFile.SectionTypeAt] == SectionType.Weights)
            {
                error = HeaderCheck.Zeros(model, end, offset, ref where);
                after = moved;
                end = offset;
                continue;
            }
            error = HeaderCheck.Content(model, entry, end, offset, ref where);
            Memory.SetInt32(model, entry + ModelFile.SectionOffsetAt, offset);
            end = offset + Memory.Int32(model, entry + ModelFile.SectionBytesAt);
        }
        // What is in RAM is as long as the sections that stay.
        Memory.SetInt32(model, ModelFile.FileBytesAt, ModelFile.FileBytes(model) - moved);
        return error == ModelError.None ? ModelCheck.Records(model, ref where) : error;
    }

    /// <summary>Bytes of an operator's weights; 0 when it has none. They are at <see cref="OperatorRecord.Weights"/> of the file, until
    /// <see cref="Place"/> is called.</summary>
    public static int WeightBytes(Bytes model, int index) => (int)OperatorTable.WeightBytes(model, ModelFile.Operator(model, index));

    /// <summary>Says that the weights of operator <paramref name="index"/> are in the window now.</summary>
    public static void Place(Bytes model, int index) =>
        Memory.SetInt32(model, ModelFile.Operator(model, index) + OperatorRecord.WeightsAt, WindowAt(model));

    /// <summary>Whether the way back works with one window: every operator on it has its weights in the arena, or none.</summary>
    public static bool CanLearn(Bytes model)
    {
        if (!LearnFile.Exists(model)) return false;
        int records = LearnFile.Records(model);
        for (int i = 0; i < records; i++)
        {
            int record = LearnFile.Record(model, i);
            bool readsFile = !LearnRecord.HasPlace(model, record, LearnRecord.WeightsAt);
            if (readsFile && WeightBytes(model, LearnRecord.Operator(model, record)) != 0) return false;
        }
        return true;
    }
}
