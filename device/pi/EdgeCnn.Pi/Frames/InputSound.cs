using System;
using System.IO;
using EdgeCnn.Device;

namespace EdgeCnn.Pi.Frames;

/// <summary>Samples from standard input, which another program fills.</summary>
internal sealed class InputSound : ISampleStream
{
    private const int StandardInput = 0, PatienceMilliseconds = 250;
    private readonly Stream _input = Console.OpenStandardInput();
    private volatile bool _isEnded;

    /// <inheritdoc/>
    public string Name => "standard input";

    /// <inheritdoc/>
    public bool IsLive => false;

    /// <inheritdoc/>
    public int Read(Span<byte> bytes)
    {
        int count = 0;
        while (count < bytes.Length)
        {
            // A reading that waits in the kernel could not be ended.
            while (!_isEnded && !Waiting.IsReady(StandardInput, PatienceMilliseconds)) { }
            if (_isEnded) throw new IOException("it was closed");
            int more = _input.Read(bytes[count..]);
            if (more == 0) break;
            count += more;
        }
        return count;
    }

    /// <inheritdoc/>
    public void Dispose() => _isEnded = true;
}
