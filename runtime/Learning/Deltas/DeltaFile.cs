namespace EdgeCnn;

/// <summary>The header of a delta, a small file with what a model has learned (DELTA.md), and of its parts, one for each operator that
/// learns.</summary>
internal static unsafe class DeltaFile
{
    /// <summary>"ECND" in ASCII, little-endian.</summary>
    internal const int Magic = 0x444E4345;

    /// <summary>Version of the format; another one is refused.</summary>
    internal const int Version = 1;

    /// <summary>Bytes of the header.</summary>
    internal const int HeaderBytes = 0x20;

    /// <summary>Bytes of a part before its numbers.</summary>
    internal const int PartBytes = 8;

    /// <summary>Bytes of a model's id.</summary>
    internal const int IdBytes = 16;

    internal const int MagicAt = 0x00;
    internal const int VersionAt = 0x04;
    internal const int PartsAt = 0x06;
    internal const int FileBytesAt = 0x08;
    internal const int CrcAt = 0x0C;
    internal const int ModelIdAt = 0x10;

    internal const int OperatorAt = 0x00;
    internal const int PartReservedAt = 0x02;
    internal const int CodeBytesAt = 0x04;

    /// <summary>CRC-32 of a delta without the field that holds it.</summary>
    internal static uint Crc(Bytes delta, int length)
    {
        uint crc = Crc32.Add(Crc32.Start, delta, 0, CrcAt);
        return ~Crc32.Add(crc, delta, ModelIdAt, length - ModelIdAt);
    }

    /// <summary>Number of the model's operators that learn.</summary>
    internal static int Parts(Bytes model)
    {
        int records = LearnFile.Records(model), parts = 0;
        for (int i = 0; i < records; i++)
            if (LearnRecord.Has(model, LearnFile.Record(model, i), LearnRecord.TrainsBiases)) parts++;
        return parts;
    }

    /// <summary>Whether the weights of a channel learn.</summary>
    internal static bool HasWeights(Bytes model, int record, int channel) =>
        LearnRecord.Has(model, record, LearnRecord.TrainsWeights) && IntegerSgd.IsTrained(model, record, channel);
}
