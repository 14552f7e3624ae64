using System.Collections.Generic;

namespace System.IO.Ports;

/// <summary>A serial port whose other end is a test.</summary>
public sealed class SerialPort
{
    private bool _isOpen;

    /// <summary>A port.</summary>
    public SerialPort(
        string portName, int baudRate = 9600, Parity parity = Parity.None, int dataBits = 8, StopBits stopBits = StopBits.One)
    {
    }

    /// <summary>On their way to the board.</summary>
    public static Queue<byte> ToBoard { get; } = [];

    /// <summary>What the board sent.</summary>
    public static Queue<byte> FromBoard { get; } = [];

    /// <summary>Bytes that have arrived.</summary>
    public int BytesToRead => _isOpen ? ToBoard.Count : throw new InvalidOperationException();

    /// <summary>Opens it.</summary>
    public void Open() => _isOpen = true;

    /// <summary>Takes bytes.</summary>
    public int Read(byte[] buffer, int offset, int count)
    {
        for (int i = 0; i < count; i++) buffer[offset + i] = ToBoard.Dequeue();
        return count;
    }

    /// <summary>Sends bytes.</summary>
    public void Write(byte[] buffer, int offset, int count)
    {
        for (int i = 0; i < count; i++) FromBoard.Enqueue(buffer[offset + i]);
    }
}
