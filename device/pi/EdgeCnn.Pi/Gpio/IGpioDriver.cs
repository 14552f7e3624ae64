using System;
using System.Collections.Generic;
using System.IO;

namespace EdgeCnn.Pi.Gpio;

/// <summary>A way to GPIO lines.</summary>
internal interface IGpioDriver : IDisposable
{
    /// <summary>What it is, for the log.</summary>
    string Name { get; }

    /// <summary>Takes lines as outputs, all low. Once.</summary>
    /// <exception cref="IOException">They can't be had.</exception>
    void TakeOutputs(IReadOnlyList<int> lines);

    /// <summary>Takes a line with a button that pulls it to ground.</summary>
    /// <returns>Its index for <see cref="IsDown"/>.</returns>
    /// <exception cref="IOException">It can't be had.</exception>
    int TakeButton(int line);

    /// <summary>Sets the outputs: bit i is line i of those taken.</summary>
    /// <exception cref="IOException">They are gone.</exception>
    void Set(ulong values);

    /// <summary>Whether a button is held. Allocates nothing.</summary>
    bool IsDown(int button);
}
