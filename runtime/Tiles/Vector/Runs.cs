namespace EdgeCnn;

/// <summary>
/// The activations under one window as runs of contiguous bytes: lines at a fixed distance, each of one or more runs at a fixed distance
/// (several only where taps are dilated horizontally).
/// </summary>
/// <param name="lines">Window rows.</param>
/// <param name="lineStep">Bytes from one to the next.</param>
/// <param name="perLine">Runs in a window row.</param>
/// <param name="runStep">Bytes from one to the next.</param>
/// <param name="groups">Groups of k in a run.</param>
internal readonly struct Runs(int lines, nint lineStep, int perLine, nint runStep, int groups)
{
    internal readonly int Lines = lines, PerLine = perLine, Groups = groups;
    internal readonly nint LineStep = lineStep, RunStep = runStep;

    /// <summary>Groups of a whole window.</summary>
    internal int AllGroups => Lines * PerLine * Groups;
}
