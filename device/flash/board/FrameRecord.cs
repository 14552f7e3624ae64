namespace EdgeCnn.Board;

/// <summary>A decoded frame (PROTOCOL.md, "Frames").</summary>
public static class FrameRecord
{
    /// <summary>Bit of <see cref="CommandAt"/> in an answer.</summary>
    public const int AnswerBit = 0x80;

    /// <summary>Bytes of the CRC at the end.</summary>
    public const int CrcBytes = 4;

    /// <summary>Bytes of a frame besides its payload.</summary>
    public const int OverheadBytes = PayloadAt + CrcBytes;

    internal const int CommandAt = 0x00;
    internal const int StatusAt = 0x01;
    internal const int NumberAt = 0x02;
    internal const int PayloadAt = 0x04;
}
