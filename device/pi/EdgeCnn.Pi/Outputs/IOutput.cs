using System;
using System.IO;

namespace EdgeCnn.Pi.Outputs;

/// <summary>Somebody who is told what the camera sees.</summary>
internal interface IOutput : IDisposable
{
    /// <summary>What it is, for the log.</summary>
    string Name { get; }

    /// <summary>Tells it. Called for every frame, in order, on one thread, which it must not keep waiting for others.</summary>
    /// <param name="reading">What was seen; valid during the call.</param>
    /// <param name="isChange">Whether the steady label is another than in the call before.</param>
    /// <exception cref="IOException">It can't be told.</exception>
    void Tell(Pipeline.Reading reading, bool isChange);
}
