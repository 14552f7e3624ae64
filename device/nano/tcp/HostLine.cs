namespace EdgeCnn.Device;

/// <summary>The line to the host: a TCP port.</summary>
public static class HostLine
{
    /// <summary>Opens it.</summary>
    public static ILine Open(Settings settings) => new TcpLine(settings.TcpPort);
}
