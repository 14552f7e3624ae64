namespace System.IO;

/// <summary>How a file is opened.</summary>
public enum FileMode
{
    /// <summary>Made where there is none.</summary>
    OpenOrCreate = 4,
}
