namespace System.IO.Ports;

// nanoframework/System.IO.Ports: System.IO.Ports/Parity.cs
public enum Parity
{
    None = 0,
}
