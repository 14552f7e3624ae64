namespace System.Net.Sockets;

/// <summary>Protocols.</summary>
public enum ProtocolType
{
    /// <summary>TCP.</summary>
    Tcp = 6,
}
