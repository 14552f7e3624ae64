namespace EdgeCnn.Board;

/// <summary>Whose models run: anybody's, or only those that the owner of a key signed. A build without keys has
/// <c>Signature.None.cs</c>.</summary>
internal static unsafe class Signature
{
    /// <summary>Whether the board has a key.</summary>
    internal static bool IsRequired => Platform.PublicKey != null;

    /// <summary>Checks a model that has passed <see cref="ModelCheck.Verify"/>, in the RAM behind the arena of the model that
    /// runs.</summary>
    /// <returns>A <see cref="Status"/>.</returns>
    internal static int Check(Bytes board, Bytes model)
    {
        if (!IsRequired) return Status.Done;
        int active = BoardState.Get(board, BoardState.ActiveAt);
        int arena = active == BoardState.NoSlot ? 0 : Learning.ArenaBytes(Platform.Flash(active)), there = Platform.BufferBytes(arena);
        if (there < SignCheck.WorkBytes) return Answer.Fail(board, Status.TooLarge, SignCheck.WorkBytes, there);
        SignError error = SignCheck.Verify(model, Platform.PublicKey, Platform.Buffer(arena));
        return error == SignError.None ? Status.Done : Answer.Fail(board, Status.SignatureRefused, (int)error);
    }
}
