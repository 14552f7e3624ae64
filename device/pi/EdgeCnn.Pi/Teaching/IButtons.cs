using System.Collections.Generic;

namespace EdgeCnn.Pi.Teaching;

/// <summary>Buttons that teach a label each.</summary>
internal interface IButtons
{
    /// <summary>Which of the labels has a button that is held, the first of several; negative when none is. Allocates nothing.</summary>
    int Held(IReadOnlyList<string> labels);
}

/// <summary>No buttons.</summary>
internal sealed class NoButtons : IButtons
{
    /// <inheritdoc/>
    public int Held(IReadOnlyList<string> labels) => -1;
}
