using System;
using System.Collections.Generic;
using System.Formats.Tar;
using System.IO;
using System.IO.Compression;
using System.Linq;
using EdgeCnn.Trainer.Data.KnownSets;

namespace EdgeCnn.Trainer.Data;

/// <summary>
/// The binary version of CIFAR-10 (Krizhevsky, <i>Learning multiple layers of features from tiny images</i>, 2009), packed as it is
/// published: <c>data_batch_1.bin</c> … <c>data_batch_5.bin</c> to train with and <c>test_batch.bin</c>, in a <c>.tar.gz</c>. A record is
/// a byte for the class and 3 × 1024 bytes of pixels: all red ones, then green, then blue.
/// </summary>
[Kinds.Kind("cifar10")]
public sealed class CifarArchive : DataSource
{
    private const string TrainingFiles = "data_batch_", TestFile = "test_batch", Extension = ".bin";
    private static readonly Shape Picture = new(32, 32, 3);
    private static readonly KnownSet Set = KnownSet.All.First(set => set.Name == "cifar10");

    /// <inheritdoc/>
    public override DataSplit Load(DataRequest request)
    {
        var folder = request.Folder is null ? SetStore.OfUser().Fetch(Set, request.Progress, request.Cancellation) : Needed(request.Folder);
        var path = DataFile.Find(folder, Set.Files[0].Name);
        var parts = Unpack(path);
        return new DataSplit(
            Read(path, parts.Where(part => part.Key.StartsWith(TrainingFiles, StringComparison.Ordinal)), request.Classes),
            Read(path, parts.Where(part => part.Key.StartsWith(TestFile, StringComparison.Ordinal)), request.Classes));
    }

    /// <summary>The <c>.bin</c> files of an archive, in the order of their names.</summary>
    private static SortedDictionary<string, byte[]> Unpack(string path)
    {
        var parts = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        try
        {
            using var packed = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
            using var archive = new TarReader(packed);
            while (archive.GetNextEntry() is { } entry)
            {
                if (entry.DataStream is null || !entry.Name.EndsWith(Extension, StringComparison.Ordinal))
                    continue;
                using var content = new MemoryStream();
                entry.DataStream.CopyTo(content);
                parts[Path.GetFileName(entry.Name)] = content.ToArray();
            }
        }
        catch (Exception damage) when (damage is InvalidDataException or EndOfStreamException or FormatException)
        {
            throw new InvalidDataException($"{path}: is damaged: {damage.Message}; download it again", damage);
        }

        return parts;
    }

    private static Dataset Read(string path, IEnumerable<KeyValuePair<string, byte[]>> parts, IReadOnlyList<string> classes)
    {
        int record = 1 + Picture.Length, plane = Picture.Height * Picture.Width;
        List<byte> labels = [];
        List<byte> pixels = [];
        foreach (var (name, content) in parts)
        {
            if (content.Length % record != 0)
                throw new InvalidDataException($"{path}: {name}: {content.Length} bytes are no whole number of records of {record} bytes");
            for (var at = 0; at < content.Length; at += record)
            {
                if (content[at] >= classes.Count)
                    throw new InvalidDataException($"{path}: {name}: byte {at}: class {content[at]}; the recipe has {classes.Count}");
                labels.Add(content[at]);
                for (var i = 0; i < Picture.Length; i++)
                    pixels.Add(content[at + 1 + i % Picture.Channels * plane + i / Picture.Channels]);
            }
        }

        return labels.Count > 0
            ? new Dataset(Picture, [.. pixels], [.. labels], classes)
            : throw new InvalidDataException($"{path}: holds none of {TrainingFiles}1{Extension} … and {TestFile}{Extension}");
    }
}
