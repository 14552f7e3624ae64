namespace System.IO.Ports;

// nanoframework/System.IO.Ports: System.IO.Ports/StopBits.cs
public enum StopBits
{
    One = 1,
}
