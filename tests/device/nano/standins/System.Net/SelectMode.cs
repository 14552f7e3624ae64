namespace System.Net.Sockets;

/// <summary>What to wait for.</summary>
public enum SelectMode
{
    /// <summary>Bytes, the end, or somebody who wants to connect.</summary>
    SelectRead = 0,
}
