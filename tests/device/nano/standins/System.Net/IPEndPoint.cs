namespace System.Net;

/// <summary>A port of an address.</summary>
public class IPEndPoint(IPAddress address, int port) : EndPoint
{
    /// <summary>The address.</summary>
    public IPAddress Address => address;

    /// <summary>The port.</summary>
    public int Port => port;
}
