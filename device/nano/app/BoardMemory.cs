namespace EdgeCnn.Device;

/// <summary>
/// All RAM for models and for the line, taken once at the start. The sizes are those that the models in the files state, and at least those
/// of the settings, which leave room for the next model.
/// </summary>
public sealed class BoardMemory
{
    /// <summary>Makes it.</summary>
    /// <param name="files">The files with the models.</param>
    /// <param name="settings">The least sizes.</param>
    public BoardMemory(BoardFiles files, Settings settings)
    {
        byte[] head = new byte[ModelWindow.HeadBytes];
        int model = Larger(settings.SlotBytes, head.Length), arena = settings.ArenaBytes, operators = settings.Operators;
        for (int slot = 0; slot < 2; slot++)
        {
            if (!IsModel(files.Area(slot), head)) continue;
            model = Larger(model, ModelWindow.Bytes(head));
            arena = Larger(arena, ModelFile.ArenaBytes(head) + ModelFile.LearningBytes(head));
            operators = Larger(operators, ModelFile.OperatorCount(head));
        }
        Operators = operators;
        Model = new byte[model];
        Arena = new byte[arena];
        Buffer = new byte[Larger(settings.DeltaBytes, operators * Probe.EntryBytes)];
        Small = new byte[settings.DeltaBytes + settings.BlockBytes];
        Board = new byte[EdgeCnn.Board.BoardState.Bytes];
    }

    /// <summary>The most operators of a model.</summary>
    public int Operators { get; }

    /// <summary>A model in a window, or a whole slot while the line is served.</summary>
    public byte[] Model { get; }

    /// <summary>Tensors, and what is learned.</summary>
    public byte[] Arena { get; }

    /// <summary>A report or a delta.</summary>
    public byte[] Buffer { get; }

    /// <summary>A block of the journal or an area for a delta.</summary>
    public byte[] Small { get; }

    /// <summary>What the line's side of the board remembers.</summary>
    public byte[] Board { get; }

    /// <summary>Whether the file begins as a model does. More is checked when it is opened.</summary>
    private static bool IsModel(StorageFile file, byte[] head)
    {
        int where = 0;
        Memory.Fill(head, 0, head.Length, 0);
        int bytes = file.Length < head.Length ? file.Length : head.Length;
        return bytes >= ModelFile.HeaderBytes && file.Read(0, head, 0, bytes)
            && ModelWindow.VerifyHead(head, file.Length, int.MaxValue, int.MaxValue, ref where) == ModelError.None;
    }

    private static int Larger(int a, int b) => a > b ? a : b;
}
