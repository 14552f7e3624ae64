namespace EdgeCnn.Board;

/// <summary>The commands of the protocol (PROTOCOL.md, "Commands").</summary>
public static class Command
{
    /// <summary>What the board is; begins a session.</summary>
    public const int Info = 0x01;

    /// <summary>How much of a slot is written, and what its header says.</summary>
    public const int Slot = 0x02;

    /// <summary>Makes a block of a slot blank.</summary>
    public const int Erase = 0x03;

    /// <summary>CRC-32 of a part of a slot.</summary>
    public const int Crc = 0x04;

    /// <summary>Writes pages of a slot.</summary>
    public const int Page = 0x05;

    /// <summary>Checks the file in a slot.</summary>
    public const int Verify = 0x06;

    /// <summary>Runs the model of a slot from now on.</summary>
    public const int Activate = 0x07;

    /// <summary>Puts bytes into an input.</summary>
    public const int Input = 0x10;

    /// <summary>Runs the model.</summary>
    public const int Run = 0x11;

    /// <summary>Reads bytes of an output.</summary>
    public const int Output = 0x12;

    /// <summary>Runs the model and reports each operator.</summary>
    public const int Probe = 0x13;

    /// <summary>Runs the test that the model carries.</summary>
    public const int SelfTest = 0x14;

    /// <summary>One step of learning.</summary>
    public const int Learn = 0x20;

    /// <summary>Forgets everything learned.</summary>
    public const int Forget = 0x21;

    /// <summary>Writes what was learned into the delta buffer.</summary>
    public const int MakeDelta = 0x22;

    /// <summary>Reads bytes of the delta buffer.</summary>
    public const int ReadDelta = 0x23;

    /// <summary>Writes bytes of the delta buffer.</summary>
    public const int PutDelta = 0x24;

    /// <summary>Applies the delta in the buffer to the model as in the file.</summary>
    public const int ApplyDelta = 0x25;

    /// <summary>Makes the delta in the buffer survive a reset.</summary>
    public const int SaveDelta = 0x26;

    /// <summary>Drops the saved delta.</summary>
    public const int DropDelta = 0x27;

    /// <summary>Starts the board again.</summary>
    public const int Reset = 0x30;
}
