using System;
using System.IO;

namespace EdgeCnn.Pi.Frames;

/// <summary>Something that gives frames, one after the other. Opened by its constructor; ended, from any thread, by
/// <see cref="IDisposable.Dispose"/>, which a waiting <see cref="Read"/> notices.</summary>
internal interface IFrameSource : IDisposable
{
    /// <summary>What it is, for the log.</summary>
    string Name { get; }

    /// <summary>Whether frames come whether or not somebody takes them, so that only the newest one is of use.</summary>
    bool IsLive { get; }

    /// <summary>Waits for the next frame. Allocates nothing unless a frame is larger than those before.</summary>
    /// <param name="frame">Receives shape and pixels.</param>
    /// <returns>False when there are no more, by nature.</returns>
    /// <exception cref="IOException">The source is gone or broken; the message says why.</exception>
    bool Read(Frame frame);
}
