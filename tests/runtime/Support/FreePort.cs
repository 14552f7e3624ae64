using System.Net;
using System.Net.Sockets;

namespace EdgeCnn.Tests;

/// <summary>A TCP port of this computer that nobody listens at, for programs that can't choose one themselves.</summary>
internal static class FreePort
{
    internal static int Find()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
