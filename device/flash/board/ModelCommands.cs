namespace EdgeCnn.Board;

/// <summary>Runs the model of the active slot. All but <see cref="Test"/> want that there is one.</summary>
internal static unsafe class ModelCommands
{
    /// <summary>The model that runs.</summary>
    internal static Bytes Model(Bytes board) => Platform.Flash(BoardState.Get(board, BoardState.ActiveAt));

    /// <summary>Puts bytes into an input.</summary>
    internal static int Input(Bytes board)
    {
        const int headBytes = 8;
        Bytes model = Model(board);
        int input = BoardState.Argument(board, 0), offset = BoardState.Argument(board, 1);
        int count = BoardState.RequestBytes(board) - headBytes;
        if ((uint)input >= (uint)IORecord.InputCount(model)) return Answer.Fail(board, Status.WrongArgument, input);
        int tensor = IORecord.Input(model, input), status = Answer.CheckRange(board, offset, count, TensorRecord.ByteCount(model, tensor));
        if (status != Status.Done) return status;
        int place = TensorRecord.ArenaOffset(model, tensor) + offset;
        Memory.Copy(board, BoardState.RequestPayloadAt + headBytes, Platform.Arena, place, count);
        return Status.Done;
    }

    /// <summary>Runs the model, with what was learned.</summary>
    internal static int Run(Bytes board)
    {
        Bytes model = Model(board);
        int start = Clock.Ticks();
        if (Learning.Fits(model)) Learning.Run(model);
        else Interpreter.Run(model, Platform.Arena);
        return Answer.Add(board, Clock.Ticks() - start);
    }

    /// <summary>Reads bytes of an output.</summary>
    internal static int Output(Bytes board)
    {
        Bytes model = Model(board);
        int output = BoardState.Argument(board, 0);
        if ((uint)output >= (uint)IORecord.OutputCount(model)) return Answer.Fail(board, Status.WrongArgument, output);
        int tensor = IORecord.Output(model, output);
        return Answer.Read(
            board, Platform.Arena, TensorRecord.ArenaOffset(model, tensor), TensorRecord.ByteCount(model, tensor),
            BoardState.Argument(board, 1), BoardState.Argument(board, 2));
    }

    /// <summary>Runs the model as it is in the file and notes hash, range and time of every operator; or only reads the notes.</summary>
    internal static int Probe(Bytes board)
    {
        Bytes model = Model(board);
        int op = BoardState.Argument(board, 0), count = ModelFile.OperatorCount(model), status = CheckReport(board, model);
        if (status != Status.Done) return status;
        if ((uint)op >= (uint)count) return Answer.Fail(board, Status.WrongArgument, op);
        Bytes report = Platform.Buffer(Learning.ArenaBytes(model));
        if (op == 0) EdgeCnn.Probe.Run(model, Platform.Arena, report, 0);
        int most = BoardState.MaxPayload / EdgeCnn.Probe.EntryBytes, entries = count - op < most ? count - op : most;
        return Answer.Add(board, report, op * EdgeCnn.Probe.EntryBytes, entries * EdgeCnn.Probe.EntryBytes);
    }

    /// <summary>Runs the test that the model carries.</summary>
    internal static int SelfTest(Bytes board)
    {
        int status = Test(board, Model(board));
        return status == Status.Done ? Answer.Add(board, ModelFile.OperatorCount(Model(board))) : status;
    }

    /// <summary>The same for any model that passed the check.</summary>
    internal static int Test(Bytes board, Bytes model)
    {
        int status = CheckReport(board, model);
        if (status != Status.Done) return status;
        int result = EdgeCnn.SelfTest.Run(model, Platform.Arena, Platform.Buffer(Learning.ArenaBytes(model)), 0);
        if (result == EdgeCnn.SelfTest.Passed) return Status.Done;
        return result == EdgeCnn.SelfTest.NoTest ? Status.NoTest : Answer.Fail(board, Status.TestFailed, result);
    }

    /// <summary>Whether there is RAM for an entry of each operator.</summary>
    private static int CheckReport(Bytes board, Bytes model)
    {
        int needed = ModelFile.OperatorCount(model) * EdgeCnn.Probe.EntryBytes, there = Platform.BufferBytes(Learning.ArenaBytes(model));
        return needed <= there ? Status.Done : Answer.Fail(board, Status.TooLarge, needed, there);
    }
}
