namespace System.Net.Sockets;

// nanoframework/System.Net: nanoFramework.System.Net/Sockets/Socket.cs
public class Socket
{
    public Socket(AddressFamily addressFamily, SocketType socketType, ProtocolType protocolType) => throw null;

    public int SendTimeout
    {
        get => throw null;
        set => throw null;
    }

    public void Bind(EndPoint localEP) => throw null;

    public void Listen(int backlog) => throw null;

    public Socket Accept() => throw null;

    public bool Poll(int microSeconds, SelectMode mode) => throw null;

    public int Receive(byte[] buffer, int offset, int size, SocketFlags socketFlags) => throw null;

    public int Send(byte[] buffer, int offset, int size, SocketFlags socketFlags) => throw null;

    public void Close() => throw null;
}
