using System;
using System.Net;
using System.Net.Sockets;

namespace EdgeCnn.Device;

/// <summary>A TCP port as a line, for one host at a time: the one that connected last.</summary>
public sealed class TcpLine : ILine
{
    private const int SendMilliseconds = 1000;

    private readonly Socket _listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private Socket _host;

    /// <summary>Listens at all addresses of the board.</summary>
    public TcpLine(int port)
    {
        _listener.Bind(new IPEndPoint(IPAddress.Any, port));
        _listener.Listen(1);
    }

    /// <inheritdoc />
    public int Receive(byte[] into)
    {
        try
        {
            // A host that went away without a word must not keep the next one out.
            if (_listener.Poll(0, SelectMode.SelectRead)) Connect(_listener.Accept());
            if (_host == null || !_host.Poll(0, SelectMode.SelectRead)) return 0;
            int count = _host.Receive(into, 0, into.Length, SocketFlags.None);
            if (count > 0) return count;
        }
        catch (Exception)
        {
            // The connection broke off, which is the same as its end.
        }
        Connect(null);
        return 0;
    }

    /// <inheritdoc />
    public void Send(byte[] from, int count)
    {
        if (_host == null) return;
        try
        {
            for (int sent = 0; sent < count;) sent += _host.Send(from, sent, count - sent, SocketFlags.None);
        }
        catch (Exception)
        {
            // What got lost, the host asks for again when it has connected again.
            Connect(null);
        }
    }

    private void Connect(Socket host)
    {
        if (_host != null) _host.Close();
        _host = host;
        // A host that does not read what it asked for is given up.
        if (host != null) host.SendTimeout = SendMilliseconds;
    }
}
