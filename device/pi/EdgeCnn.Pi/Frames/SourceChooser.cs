using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using EdgeCnn.Pi.Settings;
using Microsoft.Extensions.Logging;

namespace EdgeCnn.Pi.Frames;

/// <summary>Finds a source that gives frames: opens those that the settings allow in their order, and believes the first frame
/// only.</summary>
internal sealed class SourceChooser(PiSettings settings, ILogger log)
{
    private readonly CameraSettings _camera = settings.Camera;
    private string _lastReasons = "";

    /// <summary>Opens a source.</summary>
    /// <param name="first">Receives its first frame.</param>
    /// <returns>The source, or null: none gives frames; the log says why.</returns>
    public IFrameSource? Open(Frame first)
    {
        var refused = new List<string>();
        foreach ((string name, Func<IFrameSource> open) in Candidates())
        {
            try
            {
                IFrameSource source = Try(open, first);
                _lastReasons = "";
                string others = refused.Count == 0 ? "" : $"; not from {string.Join("; ", refused)}";
                log.Say($"frames come from {source.Name}, {first.Size}{others}");
                return source;
            }
            catch (Exception no) when (no is IOException or UnauthorizedAccessException or ObjectDisposedException)
            {
                refused.Add($"{name} ({no.Message.TrimEnd('.')})");
            }
        }
        string all = string.Join("; ", refused);
        if (all != _lastReasons) log.Warn($"no frames: {all}");
        _lastReasons = all;
        return null;
    }

    private IEnumerable<(string Name, Func<IFrameSource> Open)> Candidates() => settings.Sound.IsOn
        ? [(settings.Sound.Source.ToString().ToLowerInvariant(), OpenSound)]
        : _camera.File.Length > 0 ? [("the file", OpenFile)]
        : Cameras.All.Where(kind => _camera.Source is SourceKind.Auto || _camera.Source == kind.Kind)
            .Select(kind => (kind.Kind.ToString().ToLowerInvariant(), (Func<IFrameSource>)(() => kind.Open(_camera))));

    private SoundWindows OpenSound() => new(Sounds.All[settings.Sound.Source](settings.Sound), settings.Sound);

    private IFrameSource OpenFile() => Directory.Exists(_camera.File)
        ? new PictureFolder(_camera.File, _camera.Loop, _camera.Paced ? TimeSpan.FromSeconds(1.0 / _camera.FramesPerSecond) : TimeSpan.Zero)
        : new PictureStream(_camera.File, _camera.Loop, _camera.Paced);

    private IFrameSource Try(Func<IFrameSource> open, Frame first)
    {
        IFrameSource source = open();
        bool isLate = false;
        using var deadline = new Timer(
            _ =>
            {
                isLate = true;
                source.Dispose();
            },
            null, TimeSpan.FromSeconds(_camera.TimeoutSeconds), Timeout.InfiniteTimeSpan);
        try
        {
            if (source.Read(first)) return source;
            throw new IOException("it has no frames");
        }
        catch (Exception) when (isLate)
        {
            throw new IOException($"no frame within {_camera.TimeoutSeconds} s");
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }
}
