namespace System.IO.Ports;

/// <summary>Parity bits.</summary>
public enum Parity
{
    /// <summary>None.</summary>
    None = 0,
}
