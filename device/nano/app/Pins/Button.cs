using System.Device.Gpio;

namespace EdgeCnn.Device;

/// <summary>A button to ground. It is noticed by its event: to read a level would allocate for each frame.</summary>
public sealed class Button
{
    private readonly GpioPin _pin;
    private bool _isPressed;

    /// <summary>Opens the input, with a resistor to the supply.</summary>
    public Button(GpioController controller, int number)
    {
        _pin = controller.OpenPin(number, PinMode.InputPullUp);
        _pin.ValueChanged += OnChanged;
    }

    /// <summary>Whether it was pressed since the last call.</summary>
    public bool Take()
    {
        bool wasPressed = _isPressed;
        _isPressed = false;
        return wasPressed;
    }

    private void OnChanged(object sender, PinValueChangedEventArgs e)
    {
        if (e.ChangeType == PinEventTypes.Falling) _isPressed = true;
    }
}
