namespace EdgeCnn.Board;

/// <summary>Teaches the model that runs, and takes what it learned elsewhere: by way of the delta buffer, the RAM behind the
/// arena.</summary>
internal static unsafe class LearningCommands
{
    /// <summary>Does a command from <see cref="Command.Learn"/> on.</summary>
    internal static int Run(Bytes board, int command)
    {
        Bytes model = ModelCommands.Model(board);
        if (!Learning.Fits(model)) return Status.CannotLearn;
        switch (command)
        {
            case Command.Learn: return Learn(board, model);
            case Command.Forget: return Forget(board, model);
            case Command.MakeDelta: return Make(board, model);
            case Command.ReadDelta: return Read(board, model);
            case Command.PutDelta: return Put(board, model);
            case Command.ApplyDelta: return Apply(board, model);
            case Command.SaveDelta: return Save(board, model);
            default:
                Forget(board, model);
                return DeltaArea.Save(board, Buffer(model), 0);
        }
    }

    private static Bytes Buffer(Bytes model) => Platform.Buffer(Learning.ArenaBytes(model));

    private static int BufferBytes(Bytes model) => Platform.BufferBytes(Learning.ArenaBytes(model));

    private static int Learn(Bytes board, Bytes model)
    {
        int label = BoardState.Argument(board, 0);
        if (LearnFile.Loss(model) != LearnFile.CrossEntropy) return Status.CannotLearn;
        if ((uint)label >= (uint)TensorRecord.Elements(model, ModelFile.Tensor(model, LearnFile.LossTensor(model))))
            return Answer.Fail(board, Status.WrongArgument, label);
        Bytes arena = Platform.Arena;
        LearnState.SetLabel(model, arena, label);
        Learner.Step(model, arena);
        Answer.Add(board, LearnState.Step(model, arena));
        Answer.Add(board, LearnState.Answer(model, arena));
        return Answer.Add(board, LearnState.Loss(model, arena));
    }

    private static int Forget(Bytes board, Bytes model)
    {
        Learner.Reset(model, Platform.Arena);
        BoardState.Set(board, BoardState.DeltaAppliedAt, 0);
        return Status.Done;
    }

    private static int Make(Bytes board, Bytes model)
    {
        Bytes buffer = Buffer(model);
        int there = BufferBytes(model), bytes = Delta.Write(model, model, Platform.Arena, buffer, there);
        if (bytes > there) return Answer.Fail(board, Status.TooLarge, bytes, there);
        Answer.Add(board, bytes);
        return Answer.Add(board, (int)Crc32.Of(buffer, 0, bytes));
    }

    private static int Read(Bytes board, Bytes model) =>
        Answer.Read(board, Buffer(model), 0, BufferBytes(model), BoardState.Argument(board, 0), BoardState.Argument(board, 1));

    private static int Put(Bytes board, Bytes model)
    {
        const int headBytes = 4;
        int offset = BoardState.Argument(board, 0), count = BoardState.RequestBytes(board) - headBytes, there = BufferBytes(model);
        if ((uint)offset > (uint)there || count > there - offset) return Answer.Fail(board, Status.TooLarge, offset + count, there);
        Memory.Copy(board, BoardState.RequestPayloadAt + headBytes, Buffer(model), offset, count);
        return Status.Done;
    }

    private static int Apply(Bytes board, Bytes model)
    {
        int status = Check(board, model);
        if (status != Status.Done) return status;
        Forget(board, model);
        Delta.Apply(model, Platform.Arena, Buffer(model));
        return Status.Done;
    }

    private static int Save(Bytes board, Bytes model)
    {
        int status = Check(board, model), bytes = BoardState.Argument(board, 0);
        if (status != Status.Done) return status;
        return bytes <= DeltaArea.Capacity
            ? DeltaArea.Save(board, Buffer(model), bytes)
            : Answer.Fail(board, Status.TooLarge, bytes, DeltaArea.Capacity);
    }

    /// <summary>Whether the buffer has a delta of the model that runs.</summary>
    private static int Check(Bytes board, Bytes model)
    {
        int where = 0, bytes = BoardState.Argument(board, 0), status = Answer.CheckRange(board, 0, bytes, BufferBytes(model));
        if (status != Status.Done) return status;
        DeltaError error = DeltaCheck.Verify(model, Buffer(model), bytes, ref where);
        return error == DeltaError.None ? Status.Done : Answer.Fail(board, Status.DeltaRefused, (int)error, where);
    }
}
