using System;
using System.Net.Sockets;
using System.Text;
using System.Threading;

namespace EdgeCnn.Pi;

/// <summary>Tells systemd that the program is ready, and, while its threads move, that it lives (sd_notify(3)): datagrams to the socket
/// that the variable names. Without the variable it does nothing.</summary>
internal sealed class Supervisor : IDisposable
{
    private const string Variable = "NOTIFY_SOCKET";
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(5);
    private readonly Socket? _socket;
    private readonly Timer? _timer;

    /// <summary>Begins.</summary>
    public Supervisor(CameraService service)
    {
        string? address = Environment.GetEnvironmentVariable(Variable);
        if (string.IsNullOrEmpty(address)) return;
        _socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        // '@' stands for the byte 0 that begins an abstract name.
        _socket.Connect(new UnixDomainSocketEndPoint(address[0] == '@' ? '\0' + address[1..] : address));
        Send("READY=1");
        _timer = new Timer(_ => { if (Answers(service)) Send("WATCHDOG=1"); }, null, TimeSpan.Zero, Pace);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _timer?.Dispose();
        if (_socket is not null) Send("STOPPING=1");
        _socket?.Dispose();
    }

    /// <summary>Whether the thread that owns the model still does what it is asked.</summary>
    private static bool Answers(CameraService service) => service.Inference.Ask(() => true).Wait(Pace);

    private void Send(string message) => _socket!.Send(Encoding.ASCII.GetBytes(message));
}
