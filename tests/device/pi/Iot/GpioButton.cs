using System;
using System.Device.Gpio;

namespace Iot.Device.Button;

/// <summary>
/// Restates, in dotnet/iot, src/devices/Button/GpioButton.cs: the first constructor, and of src/devices/Button/ButtonBase.cs IsPressed and
/// Dispose(). As there, the pin is opened with a pull-up resistor, and closed, but not its controller, with shouldDispose: false.
/// </summary>
public sealed class GpioButton : IDisposable
{
    private readonly GpioController _controller;
    private readonly int _pin;

    public GpioButton(
        int buttonPin, bool isPullUp = true, bool hasExternalResistor = false, GpioController? gpio = null, bool shouldDispose = true,
        TimeSpan debounceTime = default)
    {
        (_controller, _pin) = (gpio ?? throw new NotSupportedException("the adapter gives its controller"), buttonPin);
        if (shouldDispose || hasExternalResistor || debounceTime != default) throw new NotSupportedException("the adapter says otherwise");
        _controller.OpenPin(buttonPin, isPullUp ? PinMode.InputPullUp : PinMode.InputPullDown);
    }

    public bool IsPressed => _controller.Pins[_pin].Value == PinValue.High;

    /// <summary>What a finger does.</summary>
    internal static void Press(GpioController controller, int pin, bool isDown) =>
        controller.Pins[pin] = (controller.Pins[pin].Mode, isDown ? PinValue.High : PinValue.Low);

    public void Dispose() => _controller.Pins.Remove(_pin);
}
