using System;
using System.Globalization;
using System.Net.Sockets;
using System.Threading;

namespace EdgeCnn.Flash.Link;

/// <summary>A line over TCP: to a program that speaks the protocol, or to a serial port that somebody serves.</summary>
internal static class TcpLine
{
    public const string Scheme = "tcp:";
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    /// <summary>Connects to <c>tcp:HOST:PORT</c>.</summary>
    public static Transport Open(string port)
    {
        string address = port[Scheme.Length..];
        int colon = address.LastIndexOf(':');
        if (colon <= 0 || !ushort.TryParse(address[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out ushort number))
            throw new LineException($"{port}: is not an address; write tcp:HOST:PORT, such as tcp:192.168.1.20:7007");
        var client = new TcpClient { NoDelay = true };
        try
        {
            using var limit = new CancellationTokenSource(s_patience);
            client.ConnectAsync(address[..colon].Trim('[', ']'), number, limit.Token).AsTask().GetAwaiter().GetResult();
            return new StreamLine(port, client.GetStream());
        }
        catch (Exception failure) when (failure is SocketException or OperationCanceledException)
        {
            client.Dispose();
            string why = failure is SocketException ? failure.Message : "no answer";
            throw new LineException($"{port}: nobody answers there ({why}); start the board's program, and check host and port", failure);
        }
    }
}
