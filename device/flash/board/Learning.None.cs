namespace EdgeCnn.Board;

/// <summary>Stands in for <c>Learning.cs</c> and <c>LearningCommands.cs</c> in a build that does not learn.</summary>
internal static unsafe class Learning
{
    internal static bool Fits(Bytes model) => false;

    internal static int ArenaBytes(Bytes model) => (ModelFile.ArenaBytes(model) + 7) & ~7;

    internal static void Run(Bytes model)
    {
    }

    internal static bool Restore(Bytes model) => false;
}

/// <summary>Every command of learning is refused.</summary>
internal static unsafe class LearningCommands
{
    internal static int Run(Bytes board, int command) => Status.CannotLearn;
}
