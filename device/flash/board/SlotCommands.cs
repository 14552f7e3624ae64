namespace EdgeCnn.Board;

/// <summary>Uploads into the slot that does not run, and the change to it (PROTOCOL.md, "An update").</summary>
internal static unsafe class SlotCommands
{
    /// <summary>How far an upload came, and what the header says.</summary>
    internal static int Describe(Bytes board)
    {
        int slot = Slot(board);
        if (slot == BoardState.NoSlot) return Status.WrongArgument;
        Bytes model = Platform.Flash(slot);
        Answer.Add(board, FlashArea.End(slot));
        if (Memory.Int32(model, ModelFile.MagicAt) != ModelFile.Magic)
        {
            for (int i = 0; i < 5; i++) Answer.Add(board, 0);
            return Status.Done;
        }
        Answer.Add(board, ModelFile.FileBytes(model));
        return Answer.Add(board, model, ModelFile.ModelIdAt, 16);
    }

    /// <summary>Makes a block blank.</summary>
    internal static int Erase(Bytes board)
    {
        int slot = Slot(board), offset = BoardState.Argument(board, 1);
        int status = BeforeChange(board, slot, offset, Platform.EraseBytes, Platform.EraseBytes);
        if (status != Status.Done) return status;
        int failed = FlashArea.EraseBlock(slot, offset);
        return failed == FlashArea.Written ? Status.Done : Answer.Fail(board, Status.FlashFailed, failed);
    }

    /// <summary>CRC-32 of a part of a slot.</summary>
    internal static int Crc(Bytes board)
    {
        int slot = Slot(board), offset = BoardState.Argument(board, 1), count = BoardState.Argument(board, 2);
        if (slot == BoardState.NoSlot) return Status.WrongArgument;
        int status = Answer.CheckRange(board, offset, count, Platform.AreaBytes(slot));
        return status == Status.Done ? Answer.Add(board, (int)Crc32.Of(Platform.Flash(slot), offset, count)) : status;
    }

    /// <summary>Writes pages that are blank; leaves those that are as they shall be.</summary>
    internal static int Program(Bytes board)
    {
        const int headBytes = 8;
        int slot = Slot(board), offset = BoardState.Argument(board, 1), count = BoardState.RequestBytes(board) - headBytes;
        int status = BeforeChange(board, slot, offset, count, Platform.PageBytes);
        for (int at = 0; at < count && status == Status.Done; at += Platform.PageBytes)
            status = ProgramPage(board, slot, offset + at, BoardState.RequestPayloadAt + headBytes + at);
        return status;
    }

    /// <summary>Checks the file in a slot.</summary>
    internal static int Verify(Bytes board)
    {
        int slot = Slot(board);
        if (slot == BoardState.NoSlot) return Status.WrongArgument;
        int status = Check(board, slot);
        return status == Status.Done ? Answer.Add(board, ModelFile.FileBytes(Platform.Flash(slot))) : status;
    }

    /// <summary>Checks a slot's model, lets it run its own test, if it has one, and writes that it runs. The test takes the arena: what was
    /// learned and not saved is gone.</summary>
    internal static int Activate(Bytes board)
    {
        int slot = Slot(board);
        if (slot == BoardState.NoSlot) return Status.WrongArgument;
        int status = Check(board, slot);
        if (status != Status.Done) return status;
        status = ModelCommands.Test(board, Platform.Flash(slot));
        if (status is Status.Done or Status.NoTest) status = Journal.Note(board, slot);
        if (status == Status.Done) BoardState.Set(board, BoardState.ActiveAt, slot);
        Boot.Prepare(board);
        if (status != Status.Done) return status;
        Answer.Begin(board);
        return Answer.Add(board, Platform.Flash(slot), ModelFile.ModelIdAt, 16);
    }

    /// <summary>Whether the model in a slot may run.</summary>
    internal static int Check(Bytes board, int slot)
    {
        int where = 0;
        Bytes model = Platform.Flash(slot);
        ModelError error = ModelCheck.Verify(model, Platform.AreaBytes(slot), Platform.FreeBytes, ref where);
        if (error != ModelError.None) return Answer.Fail(board, Status.ModelRefused, (int)error, where);
        return Signature.Check(board, model);
    }

    /// <summary>The slot that the request names, or <see cref="BoardState.NoSlot"/> with its number as the answer.</summary>
    private static int Slot(Bytes board)
    {
        int slot = BoardState.Argument(board, 0);
        if ((uint)slot <= 1) return slot;
        Answer.Add(board, slot);
        return BoardState.NoSlot;
    }

    /// <summary>What must hold before a slot changes: it does not run, and the journal says which one does.</summary>
    private static int BeforeChange(Bytes board, int slot, int offset, int count, int unit)
    {
        if (slot == BoardState.NoSlot) return Status.WrongArgument;
        int active = BoardState.Get(board, BoardState.ActiveAt);
        if (slot == active) return Answer.Fail(board, Status.SlotInUse, slot);
        if ((offset & (unit - 1)) != 0) return Answer.Fail(board, Status.WrongArgument, offset);
        if ((count & (unit - 1)) != 0) return Answer.Fail(board, Status.WrongArgument, count);
        int status = Answer.CheckRange(board, offset, count, Platform.AreaBytes(slot));
        return status == Status.Done && active != BoardState.NoSlot ? Journal.Note(board, active) : status;
    }

    private static int ProgramPage(Bytes board, int slot, int offset, int from)
    {
        int differs = FlashArea.FirstDifference(slot, offset, board, from), end = offset + Platform.PageBytes;
        if (differs == Platform.PageBytes) return Status.Done;
        if (FlashArea.BlankUntil(slot, offset, end) != end) return Answer.Fail(board, Status.NotBlank, offset + differs);
        int failed = FlashArea.WritePage(slot, offset, board, from);
        return failed == FlashArea.Written ? Status.Done : Answer.Fail(board, Status.FlashFailed, failed);
    }
}
