using System;
using System.Collections.Generic;
using EdgeCnn.Pi.Outputs;
using EdgeCnn.Pi.Pipeline;

namespace EdgeCnn.Pi.Gpio;

/// <summary>Lines that are high while their label is the steady one.</summary>
internal sealed class LabelLines : IOutput
{
    private readonly IGpioDriver _driver;
    private readonly string[] _labels;
    private bool _isWrong = true;

    /// <summary>Takes the lines.</summary>
    /// <param name="driver">Has them; stays the caller's.</param>
    /// <param name="lines">Label → line.</param>
    public LabelLines(IGpioDriver driver, IReadOnlyDictionary<string, int> lines)
    {
        (_driver, _labels) = (driver, [.. lines.Keys]);
        driver.TakeOutputs([.. lines.Values]);
    }

    /// <inheritdoc/>
    public string Name => $"GPIO {_driver.Name}";

    /// <inheritdoc/>
    public void Tell(Reading reading, bool isChange)
    {
        if (!isChange && !_isWrong) return;
        _isWrong = true;
        _driver.Set(Lines(reading.LabelName));
        _isWrong = false;
    }

    /// <summary>Sets all lines low.</summary>
    public void Dispose() => _driver.Set(0);

    private ulong Lines(string? label)
    {
        ulong values = 0;
        for (int i = 0; i < _labels.Length; i++)
            if (label is not null && _labels[i].Equals(label, StringComparison.Ordinal)) values |= 1UL << i;
        return values;
    }
}
