namespace EdgeCnn.Board;

/// <summary>Frames on the line (PROTOCOL.md, "Frames"): decoded byte by byte as they arrive, encoded while they are sent.</summary>
internal static unsafe class Frame
{
    private const int MaxGroup = 0xFF;

    /// <summary>Bytes so far, of a frame that is longer than any can be.</summary>
    private const int Oversized = -1;

    /// <summary>Takes a byte from the line.</summary>
    /// <returns>Whether it ended a frame with the right CRC, which is at <see cref="BoardState.RequestAt"/> now.</returns>
    internal static bool Take(Bytes board, int value)
    {
        if (value == 0) return End(board);
        int left = BoardState.Get(board, BoardState.LeftAt);
        if (left != 0)
        {
            Append(board, value);
            BoardState.Set(board, BoardState.LeftAt, left - 1);
            return false;
        }
        if (BoardState.Get(board, BoardState.ZeroAt) != 0) Append(board, 0);
        BoardState.Set(board, BoardState.ZeroAt, value == MaxGroup ? 0 : 1);
        BoardState.Set(board, BoardState.LeftAt, value - 1);
        return false;
    }

    /// <summary>Makes the decoder ready for the first byte of a frame.</summary>
    internal static void Begin(Bytes board)
    {
        BoardState.Set(board, BoardState.ReceivedAt, 0);
        BoardState.Set(board, BoardState.LeftAt, 0);
        BoardState.Set(board, BoardState.ZeroAt, 0);
    }

    /// <summary>Adds the CRC to a frame of <paramref name="length"/> bytes without it, and sends both.</summary>
    internal static void Send(Bytes board, int frame, int length)
    {
        Memory.SetInt32(board, frame + length, (int)Crc32.Of(board, frame, length));
        int end = frame + length + FrameRecord.CrcBytes, at = frame;
        while (at <= end)
        {
            int stop = at;
            while (stop < end && stop - at < MaxGroup - 1 && board[stop] != 0) stop++;
            bool isFull = stop - at == MaxGroup - 1;
            Platform.Send(stop - at + 1);
            for (; at < stop; at++) Platform.Send(board[at]);
            // A full group says nothing of a zero; every other one stands for the zero behind it, which the end has too.
            if (!isFull) at++;
            else if (at == end) break;
        }
        Platform.Send(0);
    }

    private static void Append(Bytes board, int value)
    {
        int received = BoardState.Get(board, BoardState.ReceivedAt);
        if (received == Oversized) return;
        if (received < BoardState.MaxFrame) board[BoardState.RequestAt + received++] = (byte)value;
        else received = Oversized;
        BoardState.Set(board, BoardState.ReceivedAt, received);
    }

    private static bool End(Bytes board)
    {
        int received = BoardState.Get(board, BoardState.ReceivedAt);
        bool isEmpty = received == 0 && BoardState.Get(board, BoardState.ZeroAt) == 0 && BoardState.Get(board, BoardState.LeftAt) == 0;
        bool isWhole = received >= FrameRecord.OverheadBytes && BoardState.Get(board, BoardState.LeftAt) == 0 && IsRequest(board, received);
        Begin(board);
        if (isWhole) BoardState.Set(board, BoardState.ReceivedAt, received);
        else if (!isEmpty) BoardState.Set(board, BoardState.DroppedAt, BoardState.Get(board, BoardState.DroppedAt) + 1);
        return isWhole;
    }

    private static bool IsRequest(Bytes board, int received)
    {
        int crc = BoardState.RequestAt + received - FrameRecord.CrcBytes;
        return (int)Crc32.Of(board, BoardState.RequestAt, received - FrameRecord.CrcBytes) == Memory.Int32(board, crc)
            && board[BoardState.RequestAt + FrameRecord.CommandAt] < FrameRecord.AnswerBit
            && board[BoardState.RequestAt + FrameRecord.StatusAt] == 0;
    }
}
