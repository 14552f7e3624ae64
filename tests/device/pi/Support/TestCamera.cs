using System;
using System.IO;
using System.Threading;
using EdgeCnn.Device;
using EdgeCnn.Pi.Frames;

namespace EdgeCnn.Pi.Tests.Support;

/// <summary>A camera that shows what a test says: an 8 × 8 gray picture in the middle of frames of 32 × 24, whose edges move.</summary>
internal sealed class TestCamera(bool isLive = true, long frames = long.MaxValue, int pauseMilliseconds = 5) : IFrameSource
{
    private const int Columns = 32, Rows = 24;
    private byte[] _digit = new byte[64];
    private volatile bool _isUnplugged, _isSilent, _isEnded;
    private long _left = frames;

    public string Name => "a camera for tests";

    public bool IsLive => isLive;

    /// <summary>What it shows from the next frame on.</summary>
    public void Show(byte[] digit) => Volatile.Write(ref _digit, digit);

    /// <summary>Breaks at the next frame.</summary>
    public void Unplug() => _isUnplugged = true;

    /// <summary>Gives frames of a shape that there is not, as a driver with a mistake does.</summary>
    public bool IsSpoiled { get; set; }

    /// <summary>Gives no frames any more.</summary>
    public void FallSilent() => _isSilent = true;

    public bool Read(Frame frame)
    {
        if (pauseMilliseconds > 0) Thread.Sleep(pauseMilliseconds);
        while (_isSilent && !_isEnded) Thread.Sleep(1);
        if (_isUnplugged || _isEnded) throw new IOException("the camera was unplugged");
        if (_left-- == 0) return false;
        Span<byte> pixels = frame.Begin(new FrameShape(IsSpoiled ? 99 : PixelFormat.Gray, Columns, Rows));
        pixels.Fill((byte)_left);
        byte[] digit = Volatile.Read(ref _digit);
        // The cut-out of a square input is 24 × 24: three pixels of the frame to each of the digit.
        for (int y = 0; y < Rows; y++)
            for (int x = 0; x < Rows; x++) pixels[y * Columns + 4 + x] = digit[y / 3 * 8 + x / 3];
        return true;
    }

    public void Dispose() => _isEnded = true;
}
