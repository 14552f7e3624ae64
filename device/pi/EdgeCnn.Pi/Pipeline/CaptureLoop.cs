using System;
using System.Diagnostics;
using System.IO;
using System.Threading;
using EdgeCnn.Pi.Frames;
using EdgeCnn.Pi.Settings;
using Microsoft.Extensions.Logging;

namespace EdgeCnn.Pi.Pipeline;

/// <summary>
/// The thread that takes frames from a source. When a camera goes away, or gives nothing for too long, it is closed and looked for again.
/// </summary>
internal sealed class CaptureLoop : IDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250), LongestPause = TimeSpan.FromSeconds(8);
    private readonly PiSettings _settings;
    private readonly Func<Frame, IFrameSource?> _open;
    private readonly Exchange<Frame> _frames;
    private readonly ILogger _log;
    private readonly ManualResetEventSlim _stop = new();
    private readonly Timer _watch;
    private readonly Thread _thread;
    private volatile IFrameSource? _source;
    private long _captured, _capturedAt = Stopwatch.GetTimestamp();

    /// <summary>Begins.</summary>
    /// <param name="settings">What to do with files and with cameras that are silent.</param>
    /// <param name="open">Opens a source and reads its first frame; null when there is none.</param>
    /// <param name="frames">Receives the frames; closed after the last one.</param>
    /// <param name="log">Says where frames come from.</param>
    public CaptureLoop(PiSettings settings, Func<Frame, IFrameSource?> open, Exchange<Frame> frames, ILogger log)
    {
        (_settings, _open, _frames, _log) = (settings, open, frames, log);
        _watch = new Timer(_ => EndSilence(), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        _thread = new Thread(Run) { Name = "capture", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Frames that came so far.</summary>
    public long Captured => Interlocked.Read(ref _captured);

    /// <summary>How often a source was lost.</summary>
    public int Losses { get; private set; }

    /// <summary>What frames come from; null while none do.</summary>
    public string? SourceName => _source?.Name;

    /// <inheritdoc/>
    public void Dispose()
    {
        _stop.Set();
        _frames.Close();
        _source?.Dispose();
        _thread.Join();
        _watch.Dispose();
        _stop.Dispose();
    }

    private void Run()
    {
        TimeSpan pause = FirstPause;
        while (!_stop.IsSet)
        {
            IFrameSource? source = _open(_frames.Writing);
            if (source is not null)
            {
                pause = FirstPause;
                if (!Follow(source)) break;
                Losses++;
            }
            else if (_settings.IsFile)
            {
                break;
            }
            _stop.Wait(pause);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
        _frames.Close();
    }

    /// <summary>Hands frames over until there are no more.</summary>
    /// <returns>Whether to look for another source.</returns>
    private bool Follow(IFrameSource source)
    {
        using (source)
        {
            try
            {
                Volatile.Write(ref _capturedAt, Stopwatch.GetTimestamp());
                _source = source;
                // The first frame was read when the source was chosen.
                do
                {
                    Frame frame = _frames.Writing;
                    frame.CapturedAt = Stopwatch.GetTimestamp();
                    frame.IsLive = source.IsLive;
                    frame.Number = Interlocked.Increment(ref _captured);
                    if (!_frames.Publish(newestWins: source.IsLive)) return false;
                    Volatile.Write(ref _capturedAt, Stopwatch.GetTimestamp());
                }
                while (source.Read(_frames.Writing));
                _log.Say($"{source.Name} is at its end after {Captured} frames");
                return false;
            }
            catch (Exception lost) when (lost is IOException or ObjectDisposedException)
            {
                if (_stop.IsSet) return false;
                _log.Warn($"{source.Name} is lost: {lost.Message}");
                return !_settings.IsFile;
            }
            finally
            {
                _source = null;
            }
        }
    }

    private void EndSilence()
    {
        // A file whose frames all count may wait for those who take them.
        if (_source is not { IsLive: true } source) return;
        if (Stopwatch.GetElapsedTime(Volatile.Read(ref _capturedAt)).TotalSeconds < _settings.Camera.TimeoutSeconds) return;
        _log.Warn($"{source.Name} gave no frame for {_settings.Camera.TimeoutSeconds} s");
        source.Dispose();
    }
}
