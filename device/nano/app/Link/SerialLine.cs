using System;
using System.IO.Ports;

namespace EdgeCnn.Device;

/// <summary>A serial port as a line: 8 data bits, no parity, one stop bit.</summary>
public sealed class SerialLine : ILine
{
    private readonly SerialPort _port;

    /// <summary>Opens it.</summary>
    public SerialLine(string name, int baudRate)
    {
        _port = new SerialPort(name, baudRate);
        _port.Open();
    }

    /// <inheritdoc />
    public int Receive(byte[] into)
    {
        int there = _port.BytesToRead;
        if (there <= 0) return 0;
        return _port.Read(into, 0, there < into.Length ? there : into.Length);
    }

    /// <inheritdoc />
    public void Send(byte[] from, int count)
    {
        try
        {
            _port.Write(from, 0, count);
        }
        catch (Exception)
        {
            // What got lost, the host asks for again.
        }
    }
}
