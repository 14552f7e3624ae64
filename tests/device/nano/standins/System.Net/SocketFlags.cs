namespace System.Net.Sockets;

/// <summary>How to send and receive.</summary>
public enum SocketFlags
{
    /// <summary>As usual.</summary>
    None = 0,
}
