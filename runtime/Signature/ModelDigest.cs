namespace EdgeCnn;

/// <summary>
/// The SHA-256 that a model's id begins and that is signed (FORMAT.md, "SIGN"): of the file as it is without a SIGN section, with id and CRCs
/// taken as zero. Reads the file once, from its first byte to its last.
/// </summary>
internal static unsafe class ModelDigest
{
    /// <summary>Bytes of working memory; the digest is in the first.</summary>
    internal const int WorkBytes = RecordAt + ModelFile.HeaderBytes;

    /// <summary>Where a piece of the file is brought to what it is without a SIGN section.</summary>
    private const int RecordAt = Sha256.Bytes;

    /// <summary>Computes the digest.</summary>
    /// <param name="model">A file that <see cref="ModelCheck.Verify"/> accepts. Its SIGN section, if it has one, is the last.</param>
    /// <param name="work">At a multiple of four; holds the constants of <see cref="Sha256.Start"/>.</param>
    internal static void Compute(Bytes model, Bytes work)
    {
        int body = ModelFile.Body(model), tableEnd = body, end = ModelFile.FileBytes(model);
        // With an entry less in the section table, all behind it is nearer to the start.
        int shift = ModelFile.Find(model, SectionType.Sign) == 0 ? 0 : ModelFile.SectionEntryBytes;
        if (shift != 0)
        {
            tableEnd -= shift;
            int last = tableEnd - ModelFile.SectionEntryBytes;
            end = Memory.Int32(model, last + ModelFile.SectionOffsetAt) + Memory.Int32(model, last + ModelFile.SectionBytesAt);
        }
        Sha256.Restart(work);
        Memory.Copy(model, 0, work, RecordAt, ModelFile.HeaderBytes);
        Memory.SetInt16(work, RecordAt + ModelFile.BodyAt, tableEnd);
        Memory.SetInt32(work, RecordAt + ModelFile.FileBytesAt, end - shift);
        Memory.SetInt32(work, RecordAt + ModelFile.HeaderCrcAt, 0);
        Memory.Fill(work, RecordAt + ModelFile.ModelIdAt, ModelFile.ModelIdBytes, 0);
        Sha256.Add(work, work, RecordAt, ModelFile.HeaderBytes);
        for (int entry = ModelFile.HeaderBytes; entry < tableEnd; entry += ModelFile.SectionEntryBytes)
        {
            Memory.Copy(model, entry, work, RecordAt, ModelFile.SectionEntryBytes);
            MoveBack(work, ModelFile.SectionOffsetAt, shift);
            Memory.SetInt32(work, RecordAt + ModelFile.SectionCrcAt, 0);
            Sha256.Add(work, work, RecordAt, ModelFile.SectionEntryBytes);
        }
        AddSections(model, work, body, end, shift);
        Sha256.Finish(work);
    }

    private static void AddSections(Bytes model, Bytes work, int body, int end, int shift)
    {
        // Operator records, which point into the file, are the first section and begin where the table ends.
        int rest = body + ModelFile.OperatorCount(model) * OperatorRecord.Bytes;
        for (int op = body; op < rest; op += OperatorRecord.Bytes)
        {
            Memory.Copy(model, op, work, RecordAt, OperatorRecord.Bytes);
            MoveBack(work, OperatorRecord.WeightsAt, shift);
            MoveBack(work, OperatorRecord.RequantAt, shift);
            if ((model[op + OperatorRecord.FlagsAt] & OperatorRecord.HasParams) != 0) MoveBack(work, OperatorRecord.OwnAt, shift);
            Sha256.Add(work, work, RecordAt, OperatorRecord.Bytes);
        }
        Sha256.Add(work, model, rest, end - rest);
    }

    /// <summary>A file offset of the piece; 0 stands for none.</summary>
    private static void MoveBack(Bytes work, int field, int shift)
    {
        int offset = Memory.Int32(work, RecordAt + field);
        if (offset != 0) Memory.SetInt32(work, RecordAt + field, offset - shift);
    }
}
