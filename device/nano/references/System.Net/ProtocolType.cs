namespace System.Net.Sockets;

// nanoframework/System.Net: nanoFramework.System.Net/Sockets/ProtocolType.cs
public enum ProtocolType
{
    Tcp = 6,
}
