namespace EdgeCnn.Board;

/// <summary>Writes the payload of the answer. Every function that returns an int returns a <see cref="Status"/>.</summary>
internal static unsafe class Answer
{
    /// <summary>Begins an empty payload.</summary>
    internal static void Begin(Bytes board) => BoardState.Set(board, BoardState.AnswerBytesAt, 0);

    /// <summary>Adds a number.</summary>
    internal static int Add(Bytes board, int value)
    {
        int at = BoardState.Get(board, BoardState.AnswerBytesAt);
        Memory.SetInt32(board, BoardState.AnswerPayloadAt + at, value);
        BoardState.Set(board, BoardState.AnswerBytesAt, at + 4);
        return Status.Done;
    }

    /// <summary>Adds bytes from elsewhere.</summary>
    internal static int Add(Bytes board, Bytes from, int offset, int count)
    {
        int at = BoardState.Get(board, BoardState.AnswerBytesAt);
        Memory.Copy(from, offset, board, BoardState.AnswerPayloadAt + at, count);
        BoardState.Set(board, BoardState.AnswerBytesAt, at + count);
        return Status.Done;
    }

    /// <summary>A status with one number, and nothing else.</summary>
    internal static int Fail(Bytes board, int status, int value)
    {
        Begin(board);
        Add(board, value);
        return status;
    }

    /// <summary>A status with two numbers.</summary>
    internal static int Fail(Bytes board, int status, int value, int second)
    {
        Fail(board, status, value);
        Add(board, second);
        return status;
    }

    /// <summary>Checks a range of <paramref name="bytes"/> bytes.</summary>
    /// <returns><see cref="Status.Done"/>, or <see cref="Status.WrongArgument"/> with the number at fault.</returns>
    internal static int CheckRange(Bytes board, int offset, int count, int bytes)
    {
        if ((uint)offset > (uint)bytes) return Fail(board, Status.WrongArgument, offset);
        return (uint)count > (uint)(bytes - offset) ? Fail(board, Status.WrongArgument, count) : Status.Done;
    }

    /// <summary>The answer is bytes <paramref name="offset"/> … <paramref name="offset"/> + <paramref name="count"/> − 1 of
    /// <paramref name="bytes"/> that begin at <paramref name="start"/>.</summary>
    internal static int Read(Bytes board, Bytes from, int start, int bytes, int offset, int count)
    {
        int status = CheckRange(board, offset, count, bytes);
        if (status == Status.Done) status = CheckRange(board, 0, count, BoardState.MaxPayload);
        return status == Status.Done ? Add(board, from, start + offset, count) : status;
    }
}
