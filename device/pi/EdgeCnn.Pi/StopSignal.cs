using System;
using System.Runtime.InteropServices;
using System.Threading;

namespace EdgeCnn.Pi;

/// <summary>Ctrl-C and SIGTERM ask the program to end.</summary>
internal sealed class StopSignal : IDisposable
{
    private readonly ManualResetEvent _asked = new(initialState: false);
    private readonly PosixSignalRegistration[] _registrations;

    public StopSignal() => _registrations = [Watch(PosixSignal.SIGINT), Watch(PosixSignal.SIGTERM)];

    /// <summary>Set when it was asked.</summary>
    public WaitHandle Handle => _asked;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations) registration.Dispose();
        _asked.Dispose();
    }

    private PosixSignalRegistration Watch(PosixSignal signal) => PosixSignalRegistration.Create(signal, context =>
    {
        // A second one ends it at once.
        context.Cancel = _asked.WaitOne(0) is false;
        _asked.Set();
    });
}
