using System.Collections.Generic;

namespace System.Device.Gpio;

/// <summary>
/// The members of the class that <see cref="EdgeCnn.Pi.Gpio.IotDriver"/> uses, over lines in memory. Restates, in the repository
/// dotnet/iot, src/System.Device.Gpio/System/Device/Gpio/GpioController.cs: constructor without parameters, OpenPin(int, PinMode), which
/// gives nothing in version 1 and a GpioPin since version 2, Write(int, PinValue), Dispose(). As there, a pin is opened once, and written
/// only when it is open as an output.
/// </summary>
public sealed class GpioController : IDisposable
{
    /// <summary>The controllers that were made and not disposed of.</summary>
    internal static List<GpioController> Open { get; } = [];

    public GpioController() => Open.Add(this);

    /// <summary>Mode and value of every open pin.</summary>
    internal Dictionary<int, (PinMode Mode, PinValue Value)> Pins { get; } = [];

    public void OpenPin(int pinNumber, PinMode mode)
    {
        if (!Pins.TryAdd(pinNumber, (mode, PinValue.Low))) throw new InvalidOperationException($"Pin {pinNumber} is already open.");
    }

    public void Write(int pinNumber, PinValue value)
    {
        if (!Pins.TryGetValue(pinNumber, out var pin) || pin.Mode != PinMode.Output)
            throw new InvalidOperationException($"Can not write to pin {pinNumber}.");
        Pins[pinNumber] = (PinMode.Output, value);
    }

    public void Dispose() => Open.Remove(this);
}
