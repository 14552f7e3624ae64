using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;

namespace EdgeCnn.Trainer.Data.KnownSets;

/// <summary>Keeps known sets on disk, a folder each, and downloads what is missing.</summary>
/// <param name="folder">Holds the sets' folders.</param>
public sealed class SetStore(string folder)
{
    /// <summary>Environment variable that moves the user's store.</summary>
    public const string FolderVariable = "EDGECNN_DATA";

    /// <summary>The user's store: the folder that <see cref="FolderVariable"/> names, else <c>edgecnn</c> in the local application data
    /// (<c>~/.local/share</c> on Linux).</summary>
    public static SetStore OfUser() => new(Environment.GetEnvironmentVariable(FolderVariable) is { Length: > 0 } named
        ? named
        : Path.Combine(UserData, "edgecnn"));

    private static string UserData =>
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);

    /// <summary>The folder of a set with all its files.</summary>
    /// <exception cref="IOException">A file can't be downloaded, or not be written; started again, the download goes on.</exception>
    /// <exception cref="InvalidDataException">What was downloaded is not the file.</exception>
    public string Fetch(KnownSet set, IProgress<DownloadProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(set);
        var place = Path.Combine(folder, set.Name);
        KnownFile[] missing = [.. set.Files.Where(file => !File.Exists(Path.Combine(place, file.Name)))];
        if (missing.Length == 0)
            return place;
        Directory.CreateDirectory(place);
        using var download = new Download(progress, cancellation);
        foreach (var file in missing)
            download.Fetch(new Uri(set.Address, file.Name), Path.Combine(place, file.Name), file);
        return place;
    }
}
