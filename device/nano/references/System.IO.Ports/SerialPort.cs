namespace System.IO.Ports;

// nanoframework/System.IO.Ports: System.IO.Ports/SerialPort.cs
public sealed class SerialPort
{
    public SerialPort(
        string portName, int baudRate = 9600, Parity parity = Parity.None, int dataBits = 8, StopBits stopBits = StopBits.One)
        => throw null;

    public int BytesToRead => throw null;

    public void Open() => throw null;

    public int Read(byte[] buffer, int offset, int count) => throw null;

    public void Write(byte[] buffer, int offset, int count) => throw null;
}
