namespace EdgeCnn.Board;

/// <summary>
/// All that the board side remembers, in one piece of RAM (the argument <c>board</c> everywhere here): numbers of four bytes, then the
/// frame that is being received, then the last answer.
/// </summary>
public static unsafe class BoardState
{
    /// <summary>Most bytes of a frame's payload: a flash page of 1,024 bytes with its address.</summary>
    public const int MaxPayload = 1032;

    /// <summary>Bytes of the record.</summary>
    public const int Bytes = AnswerAt + MaxFrame;

    /// <summary>Slot, where there is none.</summary>
    internal const int NoSlot = 255;

    /// <summary>Session, when none has begun.</summary>
    internal const int NoSession = -1;

    internal const int MaxFrame = MaxPayload + FrameRecord.OverheadBytes;

    // The session: the number it began with, and the next one.
    internal const int SessionAt = 0x00;
    internal const int NextAt = 0x04;

    // What runs, and why.
    internal const int ActiveAt = 0x08;
    internal const int BootResultAt = 0x0C;
    internal const int DeltaAppliedAt = 0x10;

    // The journal's newest record, and the place of the next one.
    internal const int RecordSlotAt = 0x14;
    internal const int SequenceAt = 0x18;
    internal const int JournalAreaAt = 0x1C;
    internal const int JournalPlaceAt = 0x20;

    // The COBS decoder: bytes so far, bytes up to the next zero, whether that zero belongs to the frame.
    internal const int ReceivedAt = 0x24;
    internal const int LeftAt = 0x28;
    internal const int ZeroAt = 0x2C;
    internal const int DroppedAt = 0x30;

    internal const int AnswerBytesAt = 0x34;
    internal const int ResetAt = 0x38;

    /// <summary>16 bytes for what must not touch the last answer: a frame that says OutOfOrder, a record on its way to flash.</summary>
    internal const int ScratchAt = 0x40;

    internal const int RequestAt = 0x50;
    internal const int AnswerAt = RequestAt + MaxFrame;

    internal const int RequestPayloadAt = RequestAt + FrameRecord.PayloadAt;
    internal const int AnswerPayloadAt = AnswerAt + FrameRecord.PayloadAt;

    /// <summary>The number at <paramref name="place"/>.</summary>
    internal static int Get(Bytes board, int place) => Memory.Int32(board, place);

    /// <summary>Changes the number at <paramref name="place"/>.</summary>
    internal static void Set(Bytes board, int place, int value) => Memory.SetInt32(board, place, value);

    /// <summary>Number <paramref name="index"/> of the request's payload.</summary>
    internal static int Argument(Bytes board, int index) => Memory.Int32(board, RequestPayloadAt + 4 * index);

    /// <summary>Bytes of the request's payload.</summary>
    internal static int RequestBytes(Bytes board) => Get(board, ReceivedAt) - FrameRecord.OverheadBytes;
}
