using System;
using System.Runtime.InteropServices;
using EdgeCnn.Pi.Settings;

namespace EdgeCnn.Pi.Frames;

/// <summary>Windows that slide over a stream of samples. Silence is before it and behind it, so that every word passes the middle of
/// one.</summary>
internal sealed class SoundWindows : IFrameSource
{
    private const int Second = 1000;
    private readonly ISampleStream _stream;
    private readonly int _rate, _step;
    private readonly short[] _window;
    private int _silence;
    private bool _isBegun;

    /// <summary>Takes over a stream.</summary>
    /// <param name="stream">The samples.</param>
    /// <param name="sound">Their rate, and how long windows and steps are.</param>
    public SoundWindows(ISampleStream stream, SoundSettings sound)
    {
        (_stream, _rate) = (stream, sound.Rate);
        _window = new short[(int)((long)sound.Rate * sound.WindowMilliseconds / Second)];
        _step = Math.Clamp(sound.Rate * sound.StepMilliseconds / Second, 1, _window.Length);
    }

    /// <inheritdoc/>
    public string Name => _stream.Name;

    /// <inheritdoc/>
    public bool IsLive => _stream.IsLive;

    /// <inheritdoc/>
    public bool Read(Frame frame)
    {
        Span<short> window = _window, newest = window[^_step..];
        window[_step..].CopyTo(window);
        int count = _silence > 0 ? 0 : _stream.Read(MemoryMarshal.AsBytes(newest)) / sizeof(short);
        newest[count..].Clear();
        _silence += _step - count;
        _isBegun |= count > 0;
        if (!_isBegun || _silence > _window.Length) return false;
        window.CopyTo(frame.BeginSound(_rate, window.Length));
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();
}
