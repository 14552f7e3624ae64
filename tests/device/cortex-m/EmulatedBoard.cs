using System;
using System.Diagnostics;
using System.IO;
using System.Net.Sockets;
using System.Threading;
using EdgeCnn.Flash.Board;
using EdgeCnn.Flash.Link;

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
    private readonly string _socket;

    /// <summary>Switches it on.</summary>
    /// <param name="machine">Name of a file in device/cortex-m/boards.</param>
    /// <param name="elf">Its firmware.</param>
    internal EmulatedBoard(string machine, string elf)
    {
        // The path of a socket has at most 107 characters.
        _socket = Path.Combine(Path.GetTempPath(), $"ecnn-{Guid.NewGuid():n}");
        string[] arguments =
        [
            "-M", machine, "-nographic", "-monitor", "none", "-serial", $"unix:{_socket},server=on,wait=off", "-kernel", elf,
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
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            try
            {
                socket.Connect(new UnixDomainSocketEndPoint(_socket));
                return new StreamLine(_socket, new NetworkStream(socket, ownsSocket: true));
            }
            catch (SocketException) when (Stopwatch.GetElapsedTime(start) < s_patience && !_emulator.HasExited)
            {
                socket.Dispose();
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
        File.Delete(_socket);
    }
}
