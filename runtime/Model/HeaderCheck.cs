namespace EdgeCnn;

/// <summary>Rules of the header and the section table.</summary>
internal static unsafe class HeaderCheck
{
    internal static ModelError Header(Bytes model, int length, int arenaLength, ref int where)
    {
        if (length < ModelFile.HeaderBytes) return ModelCheck.Fail(ModelError.Truncated, length < 0 ? 0 : length, ref where);
        if (Memory.Int32(model, ModelFile.MagicAt) != ModelFile.Magic)
            return ModelCheck.Fail(ModelError.WrongMagic, ModelFile.MagicAt, ref where);
        if (model[ModelFile.MajorAt] != ModelFile.Major)
            return ModelCheck.Fail(ModelError.UnknownVersion, ModelFile.MajorAt, ref where);

        int body = ModelFile.Body(model);
        int table = body - ModelFile.HeaderBytes;
        if (table <= 0 || table % ModelFile.SectionEntryBytes != 0 || table > ModelFile.MaxSections * ModelFile.SectionEntryBytes)
            return ModelCheck.Fail(ModelError.BadHeader, ModelFile.BodyAt, ref where);
        int fileBytes = ModelFile.FileBytes(model);
        if (fileBytes > length) return ModelCheck.Fail(ModelError.Truncated, length, ref where);
        if (fileBytes < body) return ModelCheck.Fail(ModelError.BadHeader, ModelFile.FileBytesAt, ref where);

        if (HeaderCrc(model) != (uint)Memory.Int32(model, ModelFile.HeaderCrcAt))
            return ModelCheck.Fail(ModelError.HeaderCorrupt, ModelFile.HeaderCrcAt, ref where);
        if (Memory.Int32(model, ModelFile.ReservedAt) != 0)
            return ModelCheck.Fail(ModelError.BadHeader, ModelFile.ReservedAt, ref where);
        if (ModelFile.ArenaBytes(model) < 0) return ModelCheck.Fail(ModelError.BadHeader, ModelFile.ArenaBytesAt, ref where);
        if (ModelFile.ArenaBytes(model) > arenaLength)
            return ModelCheck.Fail(ModelError.ArenaTooSmall, ModelFile.ArenaBytesAt, ref where);
        if (ModelFile.LearningBytes(model) < 0) return ModelCheck.Fail(ModelError.BadHeader, ModelFile.LearningBytesAt, ref where);
        return OperatorsBuiltIn(model, ref where);
    }

    /// <summary>CRC-32 of the header and the section table, without the four bytes that hold it.</summary>
    internal static uint HeaderCrc(Bytes model)
    {
        uint crc = Crc32.Add(Crc32.Start, model, 0, ModelFile.HeaderCrcAt);
        int rest = ModelFile.HeaderCrcAt + 4;
        return ~Crc32.Add(crc, model, rest, ModelFile.Body(model) - rest);
    }

    /// <summary>Whether the file's header says that operator <paramref name="code"/> is used.</summary>
    internal static bool IsUsed(Bytes model, int code) =>
        code < 128 && (model[ModelFile.OperatorsUsedAt + (code >> 3)] & (1 << (code & 7))) != 0;

    private static ModelError OperatorsBuiltIn(Bytes model, ref int where)
    {
        for (int code = 0; code < 128; code++)
            if (IsUsed(model, code) && !OperatorTable.IsBuiltIn(code))
                return ModelCheck.Fail(ModelError.UnknownOperator, ModelFile.OperatorsUsedAt + (code >> 3), ref where);
        return ModelError.None;
    }

    /// <summary>The section table, and the sections' bytes.</summary>
    internal static ModelError Sections(Bytes model, ref int where)
    {
        ModelError error = Table(model, ref where);
        int body = ModelFile.Body(model), end = body;
        for (int entry = ModelFile.HeaderBytes; entry < body && error == ModelError.None; entry += ModelFile.SectionEntryBytes)
        {
            int offset = Memory.Int32(model, entry + ModelFile.SectionOffsetAt);
            error = Content(model, entry, end, offset, ref where);
            end = offset + Memory.Int32(model, entry + ModelFile.SectionBytesAt);
        }
        return error;
    }

    /// <summary>The section table: what it says without a look at the sections.</summary>
    internal static ModelError Table(Bytes model, ref int where)
    {
        int body = ModelFile.Body(model), fileBytes = ModelFile.FileBytes(model);
        int end = body, previousType = 0;
        for (int entry = ModelFile.HeaderBytes; entry < body; entry += ModelFile.SectionEntryBytes)
        {
            int type = model[entry + ModelFile.SectionTypeAt], required = model[entry + ModelFile.SectionRequiredAt];
            int offset = Memory.Int32(model, entry + ModelFile.SectionOffsetAt);
            int size = Memory.Int32(model, entry + ModelFile.SectionBytesAt);
            if (type <= previousType || required > 1 || Memory.UInt16(model, entry + ModelFile.SectionReservedAt) != 0)
                return ModelCheck.Fail(ModelError.BadSection, entry, ref where);
            if (required == 1 && !SectionType.IsKnown(type)) return ModelCheck.Fail(ModelError.UnknownSection, entry, ref where);
            if (offset < end || offset - end >= ModelFile.SectionAlignment || offset % ModelFile.SectionAlignment != 0)
                return ModelCheck.Fail(ModelError.BadSection, entry + ModelFile.SectionOffsetAt, ref where);
            if (size < 0 || size > fileBytes - offset)
                return ModelCheck.Fail(ModelError.BadSection, entry + ModelFile.SectionBytesAt, ref where);
            end = offset + size;
            previousType = type;
        }
        if (end != fileBytes) return ModelCheck.Fail(ModelError.BadHeader, ModelFile.FileBytesAt, ref where);

        ModelError error = Records(model, SectionType.Operators, OperatorRecord.Bytes, ModelFile.MaxOperators, ref where);
        if (error == ModelError.None)
            error = Records(model, SectionType.Tensors, TensorRecord.Bytes, ModelFile.MaxTensors, ref where);
        if (error == ModelError.None && ModelFile.SectionBytes(model, SectionType.IO) < IORecord.HeaderBytes)
            error = ModelCheck.Fail(ModelError.MissingSection, ModelFile.HeaderBytes, ref where);
        return error;
    }

    /// <summary>The bytes of the section of <paramref name="entry"/>, which are at <paramref name="at"/>, and the zeros before them, which
    /// begin at <paramref name="end"/>.</summary>
    internal static ModelError Content(Bytes model, int entry, int end, int at, ref int where)
    {
        ModelError error = Zeros(model, end, at, ref where);
        if (error != ModelError.None) return error;
        return Crc32.Of(model, at, Memory.Int32(model, entry + ModelFile.SectionBytesAt)) == (uint)Memory.Int32(model, entry + ModelFile.SectionCrcAt)
            ? ModelError.None
            : ModelCheck.Fail(ModelError.SectionCorrupt, at, ref where);
    }

    /// <summary>What lies between two sections.</summary>
    internal static ModelError Zeros(Bytes model, int from, int end, ref int where)
    {
        for (; from < end; from++)
            if (model[from] != 0) return ModelCheck.Fail(ModelError.SectionCorrupt, from, ref where);
        return ModelError.None;
    }

    /// <summary>The section exists and holds 1 to <paramref name="most"/> whole records.</summary>
    private static ModelError Records(Bytes model, int type, int recordBytes, int most, ref int where)
    {
        int entry = ModelFile.Find(model, type), bytes = ModelFile.SectionBytes(model, type);
        if (entry == 0 || bytes == 0) return ModelCheck.Fail(ModelError.MissingSection, ModelFile.HeaderBytes, ref where);
        return bytes % recordBytes == 0 && bytes / recordBytes <= most
            ? ModelError.None
            : ModelCheck.Fail(ModelError.BadSection, entry + ModelFile.SectionBytesAt, ref where);
    }
}
