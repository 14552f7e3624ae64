namespace System.Device.Gpio;

/// <summary>What a pin is.</summary>
public enum PinMode
{
    /// <summary>An input with a resistor to the supply.</summary>
    InputPullUp = 2,

    /// <summary>An output.</summary>
    Output = 3,
}
