using System;
using System.Collections.Generic;
using System.Linq;
using EdgeCnn.Trainer.Data.KnownSets;
using EdgeCnn.Trainer.Kinds;

namespace EdgeCnn.Trainer.Data;

/// <summary>
/// A folder with the four IDX files of an MNIST-like set: <c>train-images-idx3-ubyte</c>, <c>train-labels-idx1-ubyte</c> and the same with
/// <c>t10k</c> (or <c>test</c>), plain or <c>.gz</c>.
/// </summary>
[Kind("idx")]
public sealed class IdxFolder : DataSource
{
    private static readonly string[] Sets = ["mnist", "fashion-mnist"];
    private readonly KnownSet? _set;

    /// <summary>A source of such a folder.</summary>
    /// <param name="set">Name of the known set that is downloaded when no folder is named: <c>mnist</c> or <c>fashion-mnist</c>.</param>
    public IdxFolder(string? set = null)
    {
        if (set is not null)
            Require.OneOf(set, Sets, nameof(set));
        _set = KnownSet.All.FirstOrDefault(known => known.Name == set);
    }

    /// <inheritdoc/>
    public override DataSplit Load(DataRequest request)
    {
        var place = request.Folder is null && _set is not null
            ? SetStore.OfUser().Fetch(_set, request.Progress, request.Cancellation)
            : Needed(request.Folder);
        return new DataSplit(LoadPart(place, request.Classes, "train"), LoadPart(place, request.Classes, "t10k", "test"));
    }

    private static Dataset LoadPart(string folder, IReadOnlyList<string> classes, params string[] prefixes)
    {
        string Find(string rest) =>
            DataFile.Find(folder, [.. prefixes.SelectMany(prefix => (string[])[$"{prefix}-{rest}", $"{prefix}-{Dotted(rest)}"])]);

        // Some unpackers name the files train-images.idx3-ubyte.
        static string Dotted(string name) => name.Replace("-idx", ".idx", StringComparison.Ordinal);

        return Idx.Read(Find("images-idx3-ubyte"), Find("labels-idx1-ubyte"), classes);
    }
}
