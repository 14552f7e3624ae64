using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;

namespace EdgeCnn.Pi.Frames;

/// <summary>The pictures of a folder, each of its own size, in the order of their names. While one is read, the next is being
/// decoded.</summary>
internal sealed class PictureFolder : IFrameSource
{
    private static readonly HashSet<string> Extensions =
        new([".jpg", ".jpeg", ".png", ".bmp", ".pgm", ".ppm"], StringComparer.OrdinalIgnoreCase);

    private readonly IEnumerator<string> _pictures;
    private readonly TimeSpan _pause;
    private readonly Lock _gate = new();
    private PictureStream? _next;
    private bool _isEnded;

    /// <summary>Opens the folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="loop">Whether to begin again at the end.</param>
    /// <param name="pause">Time from one picture to the next; zero: every picture counts.</param>
    /// <exception cref="IOException">It has no pictures.</exception>
    public PictureFolder(string folder, bool loop, TimeSpan pause)
    {
        (Name, IsLive, _pause) = (folder, pause > TimeSpan.Zero, pause);
        string[] pictures = [.. Directory.EnumerateFiles(folder).Where(IsPicture).Order(StringComparer.Ordinal)];
        if (pictures.Length == 0) throw new IOException($"{folder}: the folder has no pictures ({string.Join(' ', Extensions)})");
        _pictures = InTurn(pictures, loop).GetEnumerator();
        _next = Decode();
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public bool IsLive { get; }

    /// <inheritdoc/>
    public bool Read(Frame frame)
    {
        if (IsLive) Thread.Sleep(_pause);
        lock (_gate)
        {
            if (_isEnded) throw new IOException("it was closed");
            if (_next is not { } picture) return false;
            _next = Decode();
            using (picture)
                if (!picture.Read(frame)) throw new IOException($"{picture.Name}: holds no picture");
            return true;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _isEnded = true;
            _next?.Dispose();
            _pictures.Dispose();
        }
    }

    private static IEnumerable<string> InTurn(string[] pictures, bool loop)
    {
        do
        {
            foreach (string picture in pictures) yield return picture;
        }
        while (loop);
    }

    private static bool IsPicture(string path) => Extensions.Contains(Path.GetExtension(path));

    private PictureStream? Decode() => _pictures.MoveNext() ? new PictureStream(_pictures.Current, loop: false, paced: false) : null;
}
