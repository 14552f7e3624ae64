using System;
using System.Runtime.InteropServices;
using System.Threading;

namespace EdgeCnn.Cli.Terminal;

/// <summary>
/// Ctrl-C and SIGTERM as a cancellation: the first asks the command to end; when it does not (it may wait for a pipe that nobody writes to),
/// or at a second signal, the process ends at once.
/// </summary>
internal sealed class Interrupt : IDisposable
{
    private const int SignalBase = 128, SigInt = 2, SigTerm = 15;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly CancellationTokenSource _source = new();
    private Timer? _deadline;
    private readonly PosixSignalRegistration[] _registrations;
    private int _signal = SigInt;

    public Interrupt() => _registrations = [Watch(PosixSignal.SIGINT, SigInt), Watch(PosixSignal.SIGTERM, SigTerm)];

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>What shells expect of a process that a signal ended: 128 + its number.</summary>
    public int ExitCode => SignalBase + _signal;

    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations)
            registration.Dispose();
        _deadline?.Dispose();
        _source.Dispose();
    }

    private PosixSignalRegistration Watch(PosixSignal signal, int number) => PosixSignalRegistration.Create(signal, context =>
    {
        if (_source.IsCancellationRequested)
            return;
        context.Cancel = true;
        _signal = number;
        _deadline = new Timer(_ => Environment.Exit(ExitCode), null, Patience, Timeout.InfiniteTimeSpan);
        _source.Cancel();
    });
}
