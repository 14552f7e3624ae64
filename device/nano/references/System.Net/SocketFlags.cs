namespace System.Net.Sockets;

// nanoframework/System.Net: nanoFramework.System.Net/Sockets/SocketFlags.cs
public enum SocketFlags
{
    None = 0,
}
