using System.Collections.Generic;
using System.IO;
using EdgeCnn.Pi.Gpio;

namespace EdgeCnn.Pi.Tests.Support;

/// <summary>GPIO lines that are not there.</summary>
internal sealed class SimulatedDriver : IGpioDriver
{
    public string Name => "simulated";

    /// <summary>Lines taken as outputs.</summary>
    public IReadOnlyList<int> Outputs { get; private set; } = [];

    /// <summary>What the outputs show.</summary>
    public ulong Values { get; private set; }

    /// <summary>Buttons that are held.</summary>
    public HashSet<int> Down { get; } = [];

    /// <summary>Whether setting fails.</summary>
    public bool IsGone { get; set; }

    private int _buttons;

    public void TakeOutputs(IReadOnlyList<int> lines) => Outputs = lines;

    public int TakeButton(int line) => _buttons++;

    public void Set(ulong values) => Values = IsGone ? throw new IOException("the chip is gone") : values;

    public bool IsDown(int button) => Down.Contains(button);

    public void Dispose()
    {
    }
}
