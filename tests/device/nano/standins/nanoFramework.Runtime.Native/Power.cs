namespace nanoFramework.Runtime.Native;

/// <summary>The board's power.</summary>
public class Power
{
    /// <summary>Starts again: a test does that by making another board.</summary>
    public static void RebootDevice()
    {
    }
}
