namespace EdgeCnn.Board;

/// <summary>What runs after a reset (PROTOCOL.md).</summary>
public static unsafe class Boot
{
    /// <summary>The slot of the newest record.</summary>
    public const int Newest = 0;

    /// <summary>That slot's model was refused; the other one runs.</summary>
    public const int FellBack = 1;

    /// <summary>There is no record: the first slot with a model that passes the check.</summary>
    public const int First = 2;

    /// <summary>No slot has a model.</summary>
    public const int Nothing = 3;

    /// <summary>Makes a board ready: finds the model that runs, and what it had learned.</summary>
    /// <param name="board">Receives the record of <see cref="BoardState"/>.</param>
    public static void Start(Bytes board)
    {
        Memory.Fill(board, 0, BoardState.RequestAt, 0);
        BoardState.Set(board, BoardState.SessionAt, BoardState.NoSession);
        BoardState.Set(board, BoardState.ActiveAt, BoardState.NoSlot);
        Journal.Find(board);
        Choose(board, BoardState.Get(board, BoardState.RecordSlotAt));
        Prepare(board);
    }

    /// <summary>Makes the arena ready for the model that runs: what it learned and saved is there again.</summary>
    internal static void Prepare(Bytes board)
    {
        int active = BoardState.Get(board, BoardState.ActiveAt);
        bool isApplied = active != BoardState.NoSlot && Learning.Restore(Platform.Flash(active));
        BoardState.Set(board, BoardState.DeltaAppliedAt, isApplied ? 1 : 0);
    }

    private static void Choose(Bytes board, int recorded)
    {
        int slot = recorded == BoardState.NoSlot ? 0 : recorded, result = recorded == BoardState.NoSlot ? First : Newest;
        if (SlotCommands.Check(board, slot) != Status.Done)
        {
            slot ^= 1;
            if (result == Newest) result = FellBack;
            if (SlotCommands.Check(board, slot) != Status.Done)
            {
                slot = BoardState.NoSlot;
                result = Nothing;
            }
        }
        BoardState.Set(board, BoardState.ActiveAt, slot);
        BoardState.Set(board, BoardState.BootResultAt, result);
    }
}
