using System;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using EdgeCnn.Managed;
using EdgeCnn.Pi.Models;
using EdgeCnn.Pi.Settings;
using Microsoft.Extensions.Logging;

namespace EdgeCnn.Pi.Flashing;

/// <summary>Serves the board protocol over TCP, to one host at a time. What it activates is installed before it gets its answer.</summary>
internal sealed class FlashServer : IDisposable
{
    private const int BufferBytes = 1 << 14;
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(60);
    private readonly ModelSettings _settings;
    private readonly ModelKeeper _models;
    private readonly PublicKey? _key;
    private readonly ILogger _log;
    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _serving;

    /// <summary>Begins to serve.</summary>
    /// <exception cref="IOException">Another program has the port, or the address is none of this computer.</exception>
    public FlashServer(PiSettings settings, ModelKeeper models, ILogger log)
    {
        (_settings, _models, _log) = (settings.Model, models, log);
        if (_settings.PublicKey.Length > 0) _key = PublicKey.FromPem(File.ReadAllText(_settings.PublicKey));
        _listener = new TcpListener(IPAddress.Parse(settings.Flash.Address), settings.Flash.Port);
        try
        {
            _listener.Start();
        }
        catch (SocketException taken)
        {
            throw new IOException(FormattableString.Invariant($"Flash:Port {settings.Flash.Port}: {taken.Message}; choose another"));
        }
        log.Say($"'edgecnn flash' reaches this camera at tcp:{_listener.LocalEndpoint}");
        _serving = Task.Run(Serve);
    }

    /// <summary>The port.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <inheritdoc/>
    public void Dispose()
    {
        _stop.Cancel();
        _serving.Wait();
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task Serve()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                using TcpClient client = await _listener.AcceptTcpClientAsync(_stop.Token);
                client.NoDelay = true;
                await Answer(client.GetStream());
            }
            catch (Exception end) when (end is OperationCanceledException or SocketException or IOException)
            {
                // The host has gone, or said nothing for long; the program ends, or the next host comes.
            }
        }
    }

    /// <summary>Installs a model. A host whose model is refused here gets no answer; the log says why.</summary>
    private async Task<bool> Install(byte[] model)
    {
        try
        {
            await _models.Install(model, "the model of 'edgecnn flash'");
            return true;
        }
        catch (Exception refused) when (refused is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            _log.Warn(refused.Message);
            return false;
        }
    }

    private async Task Answer(NetworkStream line)
    {
        using var board = new VirtualBoard(_models.ReadRunning(), _settings.MaxBytes, _key);
        byte[] buffer = new byte[BufferBytes];
        while (true)
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
            patience.CancelAfter(Silence);
            int count = await line.ReadAsync(buffer, patience.Token);
            if (count == 0) return;
            ReadOnlyMemory<byte> answers = board.Receive(buffer.AsSpan(0, count), out byte[]? activated);
            if (activated is not null && !await Install(activated)) return;
            await line.WriteAsync(answers, patience.Token);
        }
    }
}
