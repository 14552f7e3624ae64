using System.Device.Gpio;

namespace EdgeCnn.Device;

/// <summary>A button for each label that can be taught.</summary>
public sealed class Buttons
{
    private readonly Button[] _buttons;

    /// <summary>Opens the inputs.</summary>
    public Buttons(GpioController controller, int[] numbers)
    {
        _buttons = new Button[numbers.Length];
        for (int i = 0; i < numbers.Length; i++) _buttons[i] = new Button(controller, numbers[i]);
    }

    /// <summary>The label whose button was pressed, or <see cref="LabelPins.None"/>.</summary>
    public int Take()
    {
        for (int i = 0; i < _buttons.Length; i++)
            if (_buttons[i].Take()) return i;
        return LabelPins.None;
    }
}
