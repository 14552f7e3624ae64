namespace EdgeCnn.Device;

/// <summary>Hysteresis: the label changes when so many frames in a row agree on another one.</summary>
public sealed class LabelFilter
{
    private readonly int _frames;
    private int _candidate = LabelPins.None;
    private int _agreed;

    /// <summary>A filter that has seen nothing.</summary>
    public LabelFilter(int frames) => _frames = frames;

    /// <summary>The label; <see cref="LabelPins.None"/> at first.</summary>
    public int Label { get; private set; } = LabelPins.None;

    /// <summary>Takes a frame's answer, and gives the label.</summary>
    public int Add(int answer)
    {
        _agreed = answer == _candidate ? _agreed + 1 : 1;
        _candidate = answer;
        if (_agreed >= _frames) Label = answer;
        return Label;
    }
}
