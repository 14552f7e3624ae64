using System;
using System.Threading;
using System.Threading.Tasks;

namespace EdgeCnn.Pi.Outputs;

/// <summary>Brings messages to another computer.</summary>
internal interface ISender : IDisposable
{
    /// <summary>Where to, for the log.</summary>
    string Name { get; }

    /// <summary>Sends a message, with all the patience that it is worth.</summary>
    /// <returns>Null, or why it could not be sent.</returns>
    Task<string?> Send(byte[] message, CancellationToken stop);
}
