namespace System.IO;

/// <summary>What is done with a file.</summary>
public enum FileAccess
{
    /// <summary>Everything.</summary>
    ReadWrite = 3,
}
