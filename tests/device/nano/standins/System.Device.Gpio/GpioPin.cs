namespace System.Device.Gpio;

/// <summary>A handler of a changed pin.</summary>
public delegate void PinValueChangedEventHandler(object sender, PinValueChangedEventArgs e);

/// <summary>A pin.</summary>
public sealed class GpioPin
{
    private readonly PinMode _mode;

    internal GpioPin(PinMode mode) => _mode = mode;

    /// <summary>The level changed.</summary>
    public event PinValueChangedEventHandler? ValueChanged;

    internal bool IsHigh { get; private set; } = true;

    /// <summary>Sets the level.</summary>
    public void Write(PinValue value) => Set(value.IsHigh);

    /// <summary>Changes the level.</summary>
    public void Toggle() => Set(!IsHigh);

    internal void Press()
    {
        ValueChanged?.Invoke(this, new PinValueChangedEventArgs(PinEventTypes.Falling));
        ValueChanged?.Invoke(this, new PinValueChangedEventArgs(PinEventTypes.Rising));
    }

    private void Set(bool isHigh) => IsHigh = _mode == PinMode.Output ? isHigh : throw new InvalidOperationException("not an output");
}
