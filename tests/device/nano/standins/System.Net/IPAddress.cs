namespace System.Net;

/// <summary>An address.</summary>
public class IPAddress
{
    /// <summary>All of the board.</summary>
    public static readonly IPAddress Any = new();
}
