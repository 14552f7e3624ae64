using System;
using System.Collections.Generic;
using System.Text;

namespace EdgeCnn.Managed;

/// <summary>Facts from a model file's header and META section.</summary>
/// <param name="FileBytes">Size of the file.</param>
/// <param name="ArenaBytes">Arena that inference needs, exactly.</param>
/// <param name="LearningBytes">RAM that learning needs besides; 0 when the model does not learn.</param>
/// <param name="LargestLayerBytes">Weights and requantization block of the largest layer.</param>
/// <param name="WindowedBytes">RAM in all, with arena and learning, where the weights are read out of a file, one layer at a time
/// (<see cref="ModelWindow"/>).</param>
/// <param name="WeightBytes">Size of the WEIGHTS section.</param>
/// <param name="ModelId">First 16 bytes of the SHA-256 of the content, as 32 hexadecimal digits.</param>
/// <param name="SignedBy">Id of the key that the file says it is signed with, as 16 hexadecimal digits; null when it is not signed. Only
/// <see cref="ModelOptions.PublicKey"/> checks it.</param>
/// <param name="HasTest">Whether the file carries a self-test.</param>
/// <param name="Sections">Type number, offset and size of each section.</param>
/// <param name="Meta">Key/value pairs, in the order of the file.</param>
public sealed record ModelInfo(
    int FileBytes, int ArenaBytes, int LearningBytes, int LargestLayerBytes, int WindowedBytes, int WeightBytes, string ModelId,
    string? SignedBy, bool HasTest,
    IReadOnlyList<(int Type, int Offset, int Bytes)> Sections, IReadOnlyList<KeyValuePair<string, string>> Meta)
{
    /// <summary>META key of the tensors' numbers in the file that the model was imported from: one per tensor, −1 for none, separated
    /// by blanks.</summary>
    public const string SourceTensorsKey = "tensors";

    internal static unsafe ModelInfo Read(byte* model)
    {
        var sections = new (int, int, int)[ModelFile.SectionCount(model)];
        for (int i = 0; i < sections.Length; i++)
        {
            int entry = ModelFile.HeaderBytes + i * ModelFile.SectionEntryBytes;
            sections[i] = (model[entry], Memory.Int32(model, entry + ModelFile.SectionOffsetAt),
                Memory.Int32(model, entry + ModelFile.SectionBytesAt));
        }
        return new ModelInfo(
            ModelFile.FileBytes(model), ModelFile.ArenaBytes(model), ModelFile.LearningBytes(model),
            ModelFile.LargestLayerBytes(model), ModelWindow.Bytes(model) + ModelFile.ArenaBytes(model) + ModelFile.LearningBytes(model),
            ModelFile.SectionBytes(model, SectionType.Weights),
            Convert.ToHexStringLower(new ReadOnlySpan<byte>(model + ModelFile.ModelIdAt, ModelFile.ModelIdBytes)), ReadSigner(model),
            ModelFile.Find(model, SectionType.Test) != 0, sections, ReadMeta(model));
    }

    private static unsafe string? ReadSigner(byte* model) =>
        ModelFile.SectionBytes(model, SectionType.Sign) != SignRecord.Bytes ? null : Convert.ToHexStringLower(
            new ReadOnlySpan<byte>(model + ModelFile.SectionOffset(model, SectionType.Sign) + SignRecord.KeyIdAt, SignRecord.KeyIdBytes));

    /// <summary>META: pairs of strings, each a uint16 length and UTF-8. Optional and for people, so a broken tail is left out.</summary>
    internal static unsafe List<KeyValuePair<string, string>> ReadMeta(byte* model)
    {
        var pairs = new List<KeyValuePair<string, string>>();
        if (ModelFile.Find(model, SectionType.Meta) == 0) return pairs;
        var rest = new ReadOnlySpan<byte>(
            model + ModelFile.SectionOffset(model, SectionType.Meta), ModelFile.SectionBytes(model, SectionType.Meta));
        while (TryReadString(ref rest, out string key) && TryReadString(ref rest, out string value))
            pairs.Add(new KeyValuePair<string, string>(key, value));
        return pairs;
    }

    private static bool TryReadString(ref ReadOnlySpan<byte> rest, out string text)
    {
        text = "";
        if (rest.Length < 2) return false;
        int length = rest[0] | (rest[1] << 8);
        if (rest.Length < 2 + length) return false;
        text = Encoding.UTF8.GetString(rest.Slice(2, length));
        rest = rest[(2 + length)..];
        return true;
    }
}
