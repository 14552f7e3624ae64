using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Net.Sockets;
using System.Threading;

namespace EdgeCnn.Device.Tests;

/// <summary>An emulated machine: its console, and a socket to the emulator. It ends when it is disposed of.</summary>
internal sealed class Guest : IDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(3);

    private readonly Process _process;
    private readonly BlockingCollection<string> _lines = [];
    private readonly string _socketPath;
    private readonly Lazy<StreamReader> _socket;

    /// <summary>Starts it.</summary>
    /// <param name="folder">Where its files are.</param>
    /// <param name="arguments">The machine.</param>
    /// <param name="socket">What the socket talks to: <c>-qtest</c> (hardware registers) or <c>-monitor</c>.</param>
    internal Guest(string folder, IEnumerable<string> arguments, string socket)
    {
        _socketPath = Path.Combine(folder, "socket");
        var start = new ProcessStartInfo("qemu-system-aarch64",
            [.. arguments, "-display", "none", "-serial", "stdio", "-no-reboot", socket, $"unix:{_socketPath},server=on,wait=off"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => Take(line.Data);
        // The log of -qtest.
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        _socket = new Lazy<StreamReader>(Connect);
    }

    /// <summary>All that the console has shown so far.</summary>
    internal List<string> Console { get; } = [];

    /// <summary>Waits for a line of the console that begins so.</summary>
    internal string Until(string beginning)
    {
        using var limit = new CancellationTokenSource(s_limit);
        try
        {
            while (true)
            {
                string line = _lines.Take(limit.Token);
                Console.Add(line);
                if (line.StartsWith(beginning, StringComparison.Ordinal)) return line;
            }
        }
        catch (Exception end) when (end is OperationCanceledException or InvalidOperationException)
        {
            throw new TimeoutException($"no line '{beginning}…' from the guest, only:\n{string.Join('\n', Console)}");
        }
    }

    /// <summary>Sends a line to the emulator, and takes its answer.</summary>
    internal string Ask(string command)
    {
        _socket.Value.BaseStream.Write(System.Text.Encoding.ASCII.GetBytes(command + '\n'));
        return _socket.Value.ReadLine() ?? "";
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        if (_socket.IsValueCreated) _socket.Value.Dispose();
        _lines.Dispose();
    }

    private void Take(string? line)
    {
        if (line is not null) _lines.Add(line.TrimEnd('\r'));
        else _lines.CompleteAdding();
    }

    private StreamReader Connect()
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Connect(new UnixDomainSocketEndPoint(_socketPath));
        return new StreamReader(new NetworkStream(socket, ownsSocket: true));
    }
}
