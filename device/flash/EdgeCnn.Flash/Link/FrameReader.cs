using System;
using System.Diagnostics;
using System.Threading;

namespace EdgeCnn.Flash.Link;

/// <summary>Cuts what a line carries into frames. What is no frame is dropped.</summary>
internal sealed class FrameReader(Transport line)
{
    /// <summary>Longer than any frame with the largest payload: what has no zero for so long is noise.</summary>
    private const int LongestFrame = 1 << 17;

    private readonly byte[] _code = new byte[LongestFrame];
    private readonly byte[] _received = new byte[4096];
    private int _codeLength;
    private int _next, _end;

    /// <summary>The next frame, or null when none came in time.</summary>
    public Frame? Read(TimeSpan limit, CancellationToken cancellation)
    {
        long start = Stopwatch.GetTimestamp();
        while (true)
        {
            while (_next < _end)
                if (Take(_received[_next++]) is { } frame) return frame;
            TimeSpan left = limit - Stopwatch.GetElapsedTime(start);
            if (left <= TimeSpan.Zero) return null;
            (_next, _end) = (0, line.Read(_received, left, cancellation));
        }
    }

    private Frame? Take(byte value)
    {
        if (value != 0)
        {
            if (_codeLength < _code.Length) _code[_codeLength] = value;
            _codeLength = Math.Min(_codeLength + 1, _code.Length);
            return null;
        }
        Frame? frame = Frame.Decode(_code.AsSpan(0, _codeLength));
        _codeLength = 0;
        return frame;
    }
}
