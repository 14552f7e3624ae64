namespace EdgeCnn.Board;

/// <summary>The line: every request is done once and answered, a repeated one is answered again (PROTOCOL.md, "Frames").</summary>
public static unsafe class Link
{
    /// <summary>Takes a byte from the line, and does what it completes. Answers leave through <c>Platform.Send</c>.</summary>
    /// <param name="board">The record of <see cref="BoardState"/>, after <see cref="Boot.Start"/>.</param>
    /// <param name="value">The byte.</param>
    /// <returns>Whether the board is to start again, after all that was sent has left.</returns>
    public static bool Receive(Bytes board, int value)
    {
        if (!Frame.Take(board, value)) return false;
        Take(board);
        Frame.Begin(board);
        return BoardState.Get(board, BoardState.ResetAt) != 0;
    }

    private static void Take(Bytes board)
    {
        int command = board[BoardState.RequestAt + FrameRecord.CommandAt];
        int number = Memory.UInt16(board, BoardState.RequestAt + FrameRecord.NumberAt);
        if (command == Command.Info && number != BoardState.Get(board, BoardState.SessionAt))
        {
            BoardState.Set(board, BoardState.SessionAt, number);
            BoardState.Set(board, BoardState.NextAt, number);
        }
        int next = BoardState.Get(board, BoardState.NextAt);
        if (BoardState.Get(board, BoardState.SessionAt) == BoardState.NoSession || !IsExpected(number, next))
        {
            Memory.SetInt32(board, BoardState.ScratchAt + FrameRecord.PayloadAt, next);
            Send(board, BoardState.ScratchAt, Status.OutOfOrder, 4);
            return;
        }
        if (number == next) Do(board, command, number);
        Frame.Send(board, BoardState.AnswerAt, FrameRecord.PayloadAt + BoardState.Get(board, BoardState.AnswerBytesAt));
    }

    private static bool IsExpected(int number, int next) => number == next || number == Before(next);

    private static int Before(int number) => (number - 1) & 0xFFFF;

    private static void Do(Bytes board, int command, int number)
    {
        Answer.Begin(board);
        int status = CommandTable.Run(board, command);
        Describe(board, BoardState.AnswerAt, status);
        BoardState.Set(board, BoardState.NextAt, (number + 1) & 0xFFFF);
    }

    private static void Send(Bytes board, int frame, int status, int payloadBytes)
    {
        Describe(board, frame, status);
        Frame.Send(board, frame, FrameRecord.PayloadAt + payloadBytes);
    }

    /// <summary>Writes the head of an answer to the request.</summary>
    private static void Describe(Bytes board, int frame, int status)
    {
        board[frame + FrameRecord.CommandAt] = (byte)(board[BoardState.RequestAt + FrameRecord.CommandAt] | FrameRecord.AnswerBit);
        board[frame + FrameRecord.StatusAt] = (byte)status;
        Memory.SetInt16(board, frame + FrameRecord.NumberAt, Memory.UInt16(board, BoardState.RequestAt + FrameRecord.NumberAt));
    }
}
