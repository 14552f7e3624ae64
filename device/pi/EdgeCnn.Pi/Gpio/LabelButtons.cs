using System;
using System.Collections.Generic;
using System.Linq;
using EdgeCnn.Pi.Teaching;

namespace EdgeCnn.Pi.Gpio;

/// <summary>Buttons at GPIO lines.</summary>
/// <param name="driver">Has the lines; stays the caller's.</param>
/// <param name="lines">Label → line.</param>
internal sealed class LabelButtons(IGpioDriver driver, IReadOnlyDictionary<string, int> lines) : IButtons
{
    private readonly (string Label, int Button)[] _buttons = [.. lines.Select(pair => (pair.Key, driver.TakeButton(pair.Value)))];

    /// <inheritdoc/>
    public int Held(IReadOnlyList<string> labels)
    {
        foreach ((string label, int button) in _buttons)
        {
            if (!driver.IsDown(button)) continue;
            for (int i = 0; i < labels.Count; i++)
                if (labels[i].Equals(label, StringComparison.Ordinal)) return i;
        }
        return -1;
    }
}
