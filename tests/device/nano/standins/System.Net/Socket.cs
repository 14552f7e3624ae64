namespace System.Net.Sockets;

/// <summary>A socket of this machine, of which only the listening ones and those that they accept are known.</summary>
public class Socket
{
    private readonly TcpClient? _connected;
    private TcpListener? _listener;
    private int _port;

    /// <summary>A socket.</summary>
    public Socket(AddressFamily addressFamily, SocketType socketType, ProtocolType protocolType)
    {
    }

    private Socket(TcpClient connected) => _connected = connected;

    /// <summary>Milliseconds after which a send fails.</summary>
    public int SendTimeout
    {
        get => _connected!.SendTimeout;
        set => _connected!.SendTimeout = value;
    }

    /// <summary>Takes a port.</summary>
    public void Bind(EndPoint localEP) => _port = ((IPEndPoint)localEP).Port;

    /// <summary>Lets hosts connect.</summary>
    public void Listen(int backlog)
    {
        _listener = TcpListener.Create(_port);
        _listener.Start(backlog);
    }

    /// <summary>The next host.</summary>
    public Socket Accept() => new(_listener!.AcceptTcpClient());

    /// <summary>Whether a host wants to connect, or bytes or the end of a connection have arrived.</summary>
    public bool Poll(int microSeconds, SelectMode mode) => _listener?.Pending() ?? _connected!.Client.Poll(microSeconds, 0);

    /// <summary>Takes bytes.</summary>
    public int Receive(byte[] buffer, int offset, int size, SocketFlags socketFlags) => _connected!.Client.Receive(buffer, offset, size, 0);

    /// <summary>Sends bytes.</summary>
    public int Send(byte[] buffer, int offset, int size, SocketFlags socketFlags) => _connected!.Client.Send(buffer, offset, size, 0);

    /// <summary>Ends it.</summary>
    public void Close()
    {
        _connected?.Close();
        _listener?.Stop();
    }
}
