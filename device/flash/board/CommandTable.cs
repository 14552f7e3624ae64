namespace EdgeCnn.Board;

/// <summary>What each command takes, and who does it.</summary>
internal static unsafe class CommandTable
{
    /// <summary>Added to the bytes of a request that may have more.</summary>
    private const int OrMore = 0x100;

    private const int Unknown = -1;

    /// <summary>Does the request that was received; the answer's payload is written.</summary>
    /// <returns>A <see cref="Status"/>.</returns>
    internal static int Run(Bytes board, int command)
    {
        int expected = RequestBytes(command), bytes = BoardState.RequestBytes(board), least = expected & (OrMore - 1);
        if (expected == Unknown) return Status.UnknownCommand;
        if (bytes < least || (bytes > least && expected == least)) return Status.WrongLength;
        bool needsModel = command >= Command.Input && command < Command.Reset;
        if (needsModel && BoardState.Get(board, BoardState.ActiveAt) == BoardState.NoSlot) return Status.NoModel;
        if (command >= Command.Learn && needsModel) return LearningCommands.Run(board, command);
        switch (command)
        {
            case Command.Info: return InfoRecord.Write(board);
            case Command.Slot: return SlotCommands.Describe(board);
            case Command.Erase: return SlotCommands.Erase(board);
            case Command.Crc: return SlotCommands.Crc(board);
            case Command.Page: return SlotCommands.Program(board);
            case Command.Verify: return SlotCommands.Verify(board);
            case Command.Activate: return SlotCommands.Activate(board);
            case Command.Input: return ModelCommands.Input(board);
            case Command.Run: return ModelCommands.Run(board);
            case Command.Output: return ModelCommands.Output(board);
            case Command.Probe: return ModelCommands.Probe(board);
            case Command.SelfTest: return ModelCommands.SelfTest(board);
            default:
                BoardState.Set(board, BoardState.ResetAt, 1);
                return Status.Done;
        }
    }

    private static int RequestBytes(int command)
    {
        switch (command)
        {
            case Command.Info:
            case Command.Run:
            case Command.SelfTest:
            case Command.Forget:
            case Command.MakeDelta:
            case Command.DropDelta:
            case Command.Reset:
                return 0;
            case Command.Slot:
            case Command.Verify:
            case Command.Activate:
            case Command.Probe:
            case Command.Learn:
            case Command.ApplyDelta:
            case Command.SaveDelta:
                return 4;
            case Command.Erase:
            case Command.ReadDelta:
                return 8;
            case Command.Crc:
            case Command.Output:
                return 12;
            case Command.PutDelta:
                return 4 | OrMore;
            case Command.Page:
            case Command.Input:
                return 8 | OrMore;
            default:
                return Unknown;
        }
    }
}
