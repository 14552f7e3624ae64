using System;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace EdgeCnn.Tests.Boards;

/// <summary>A simulated board behind TCP, one connection after the other, each of which may end after a number of bytes.</summary>
internal sealed class BoardServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly SimulatedBoard _board;
    private readonly Task _serving;

    /// <summary>Serves a board until it is disposed.</summary>
    public BoardServer(SimulatedBoard board)
    {
        _board = board;
        _listener.Start();
        _serving = Task.Factory.StartNew(Serve, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>The line's name.</summary>
    public string Port => $"tcp:127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>Bytes after which connections end.</summary>
    public Func<int> CutAfter { get; set; } = () => int.MaxValue;

    /// <summary>Carries bytes between a stream and a board until the stream ends.</summary>
    public static void Carry(Stream stream, SimulatedBoard board, int cutAfter = int.MaxValue)
    {
        byte[] buffer = new byte[256];
        while (stream.Read(buffer, 0, Math.Min(buffer.Length, cutAfter)) is > 0 and int count)
        {
            board.Receive(buffer.AsSpan(0, count));
            byte[] answer = [.. board.Sent];
            board.Sent.Clear();
            cutAfter -= count;
            stream.Write(answer.AsSpan(0, Math.Min(answer.Length, Math.Max(cutAfter, 0))));
            cutAfter -= answer.Length;
            if (cutAfter <= 0) return;
        }
    }

    public void Dispose()
    {
        _listener.Stop();
        _serving.Wait();
    }

    private void Serve()
    {
        try
        {
            while (true)
            {
                using TcpClient client = _listener.AcceptTcpClient();
                client.NoDelay = true;
                try
                {
                    Carry(client.GetStream(), _board, CutAfter());
                }
                catch (IOException)
                {
                    // The client is gone; the next one may come.
                }
            }
        }
        catch (Exception stopped) when (stopped is SocketException or InvalidOperationException)
        {
            // Nobody listens any more.
        }
    }
}
