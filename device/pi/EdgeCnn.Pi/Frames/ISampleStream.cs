using System;
using System.IO;

namespace EdgeCnn.Pi.Frames;

/// <summary>Sound, sample after sample. Opened by its constructor; ended, from any thread, by <see cref="IDisposable.Dispose"/>, which a
/// waiting <see cref="Read"/> notices.</summary>
internal interface ISampleStream : IDisposable
{
    /// <summary>What it is, for the log.</summary>
    string Name { get; }

    /// <summary>Whether sound comes whether or not somebody takes it.</summary>
    bool IsLive { get; }

    /// <summary>Waits for the next samples, of 16 bits, little-endian.</summary>
    /// <param name="bytes">Receives them.</param>
    /// <returns>Bytes that came: all, or fewer at the end.</returns>
    /// <exception cref="IOException">The source is gone or broken; the message says why.</exception>
    int Read(Span<byte> bytes);
}
