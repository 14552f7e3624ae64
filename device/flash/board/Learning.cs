namespace EdgeCnn.Board;

/// <summary>The learning of a model in the arena of the board. A build that shall not learn has <c>Learning.None.cs</c> instead.</summary>
internal static unsafe class Learning
{
    /// <summary>Whether a model can learn here: it has a plan, and there is memory for it.</summary>
    internal static bool Fits(Bytes model) =>
        LearnFile.Exists(model) && ModelFile.LearningBytes(model) <= Platform.FreeBytes - ModelFile.ArenaBytes(model);

    /// <summary>Bytes of the arena, with what learning takes; a multiple of 8.</summary>
    internal static int ArenaBytes(Bytes model) =>
        (ModelFile.ArenaBytes(model) + (Fits(model) ? ModelFile.LearningBytes(model) : 0) + 7) & ~7;

    /// <summary>Runs the model with what was learned.</summary>
    internal static void Run(Bytes model) => Learner.Run(model, Platform.Arena);

    /// <summary>Makes the arena ready, and applies what was saved for this model.</summary>
    /// <returns>Whether there was something.</returns>
    internal static bool Restore(Bytes model)
    {
        if (!Fits(model)) return false;
        Learner.Reset(model, Platform.Arena);
        return ApplySaved(model);
    }

    /// <summary>Applies what was saved for this model to one that has learned nothing yet.</summary>
    /// <returns>Whether there was something.</returns>
    internal static bool ApplySaved(Bytes model)
    {
        int area = DeltaArea.Newest(), arena = ArenaBytes(model), where = 0;
        if (area == DeltaArea.None) return false;
        int bytes = DeltaArea.Length(area);
        if (bytes == 0 || bytes > Platform.BufferBytes(arena)) return false;
        Bytes delta = Platform.Buffer(arena);
        Memory.Copy(Platform.Flash(area), FlashArea.RecordBytes, delta, 0, bytes);
        if (DeltaCheck.Verify(model, delta, bytes, ref where) != DeltaError.None) return false;
        Delta.Apply(model, Platform.Arena, delta);
        return true;
    }
}
