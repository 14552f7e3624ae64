using EdgeCnn.Board;

namespace EdgeCnn.Device;

/// <summary>What was learned, where the protocol's commands have it too: two files that take turns, so that power may go at any
/// time.</summary>
internal static class SavedDelta
{
    /// <summary>Applies what was saved for this model.</summary>
    internal static void Apply(byte[] model) => Learning.ApplySaved(model);

    /// <summary>Saves a delta of so many bytes, if it is one that fits.</summary>
    internal static bool Save(byte[] board, byte[] delta, int bytes)
    {
        if (bytes <= 0 || bytes > delta.Length || bytes > DeltaArea.Capacity) return false;
        int status = DeltaArea.Save(board, delta, bytes);
        // The pages have passed through the last answer: it must not be sent again.
        BoardState.Set(board, BoardState.SessionAt, BoardState.NoSession);
        return status == Status.Done;
    }
}
