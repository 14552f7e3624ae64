using System;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using EdgeCnn.Flash.Board;
using EdgeCnn.Flash.Link;
using EdgeCnn.Tests;

namespace EdgeCnn.Device.Tests;

/// <summary>A board in the emulator whose serial line is a socket: whoever connects has the other end.</summary>
internal sealed class EmulatedBoard : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    // However busy the machine is: nothing gets lost on this line, so that nothing needs to be sent again.
    private static readonly BoardTiming s_timing = new()
    {
        Answer = TimeSpan.FromSeconds(30),
        Work = TimeSpan.FromSeconds(60),
        Longest = TimeSpan.FromSeconds(60),
        Attempts = 3,
        WorkAttempts = 3,
    };

    private readonly Process _emulator;
    private readonly EndPoint _line;

    /// <summary>Switches it on.</summary>
    /// <param name="machine">Name of a file in device/cortex-m/boards.</param>
    /// <param name="elf">Its firmware.</param>
    /// <param name="socket">A socket of the file system that is its line; null: one of the network is.</param>
    internal EmulatedBoard(string machine, string elf, string? socket = null)
    {
        int port = FreePort.Find();
        _line = socket is null ? new IPEndPoint(IPAddress.Loopback, port) : new UnixDomainSocketEndPoint(socket);
        string serial = socket is null ? $"tcp:127.0.0.1:{port}" : $"unix:{socket}";
        string[] arguments =
        [
            "-M", machine, "-nographic", "-monitor", "none", "-serial", $"{serial},server=on,wait=off", "-kernel", elf,
        ];
        _emulator = Process.Start(new ProcessStartInfo(Toolchain.Emulator, arguments) { RedirectStandardInput = true })
            ?? throw new InvalidOperationException("the emulator did not start");
    }

    /// <summary>A client at the other end of the line.</summary>
    internal BoardClient Connect() => Connect(Line());

    /// <summary>A client with a line of its own.</summary>
    internal static BoardClient Connect(Transport line) => new(line, s_timing);

    /// <summary>The other end of the line; when it is closed, the next one is free.</summary>
    internal Transport Line()
    {
        long start = Stopwatch.GetTimestamp();
        while (true)
        {
            var client = new Socket(_line.AddressFamily, SocketType.Stream, ProtocolType.Unspecified);
            try
            {
                if (_line is IPEndPoint) client.NoDelay = true;
                client.Connect(_line);
                return new StreamLine($"{_line}", new NetworkStream(client, ownsSocket: true));
            }
            catch (SocketException) when (Stopwatch.GetElapsedTime(start) < s_patience && !_emulator.HasExited)
            {
                client.Dispose();
                Thread.Sleep(20);
            }
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _emulator.Kill();
        _emulator.WaitForExit();
        _emulator.Dispose();
    }
}
