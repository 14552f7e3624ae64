namespace System.Net.Sockets;

// nanoframework/System.Net: nanoFramework.System.Net/Sockets/SocketType.cs
public enum SocketType
{
    Stream = 1,
}
