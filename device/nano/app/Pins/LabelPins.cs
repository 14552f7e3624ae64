using System.Device.Gpio;

namespace EdgeCnn.Device;

/// <summary>An output for each label: high while it is the answer. Levels are changed, never set: a level is a struct, and would be
/// allocated.</summary>
public sealed class LabelPins
{
    /// <summary>No label.</summary>
    public const int None = -1;

    private readonly GpioPin[] _pins;
    private int _shown = None;

    /// <summary>Opens the outputs; all are low.</summary>
    public LabelPins(GpioController controller, int[] numbers)
    {
        _pins = new GpioPin[numbers.Length];
        for (int i = 0; i < numbers.Length; i++)
        {
            _pins[i] = controller.OpenPin(numbers[i], PinMode.Output);
            _pins[i].Write(PinValue.Low);
        }
    }

    /// <summary>Shows a label, or <see cref="None"/>.</summary>
    public void Show(int label)
    {
        if (label == _shown) return;
        Toggle(_shown);
        Toggle(label);
        _shown = label;
    }

    private void Toggle(int label)
    {
        if ((uint)label < (uint)_pins.Length) _pins[label].Toggle();
    }
}
