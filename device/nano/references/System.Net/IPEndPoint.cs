namespace System.Net;

// nanoframework/System.Net: nanoFramework.System.Net/IPEndPoint.cs
public class IPEndPoint : EndPoint
{
    public IPEndPoint(IPAddress address, int port) => throw null;
}
