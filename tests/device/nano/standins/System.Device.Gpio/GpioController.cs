using System.Collections.Generic;

namespace System.Device.Gpio;

/// <summary>Pins by number.</summary>
public sealed class GpioController
{
    /// <summary>The pins that were opened.</summary>
    public static Dictionary<int, GpioPin> Pins { get; } = [];

    /// <summary>The level of a pin.</summary>
    public static bool IsHigh(int number) => Pins[number].IsHigh;

    /// <summary>Connects a pin to ground, and lets it go.</summary>
    public static void Press(int number) => Pins[number].Press();

    /// <summary>Opens a pin; high at first, which no application should count on.</summary>
    public GpioPin OpenPin(int pinNumber, PinMode mode) => Pins[pinNumber] = new GpioPin(mode);
}
