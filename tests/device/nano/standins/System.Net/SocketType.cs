namespace System.Net.Sockets;

/// <summary>Kinds of sockets.</summary>
public enum SocketType
{
    /// <summary>A stream of bytes in order.</summary>
    Stream = 1,
}
