namespace System.Net.Sockets;

/// <summary>Kinds of addresses.</summary>
public enum AddressFamily
{
    /// <summary>IP version 4.</summary>
    InterNetwork = 2,
}
