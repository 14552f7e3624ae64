namespace EdgeCnn.Device;

/// <summary>The line to the host: a serial port.</summary>
public static class HostLine
{
    /// <summary>Opens it.</summary>
    public static ILine Open(Settings settings) => new SerialLine(settings.SerialPort, settings.BaudRate);
}
