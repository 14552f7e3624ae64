using System;
using System.Collections.Generic;
using System.Device.Gpio;
using System.IO;
using Iot.Device.Button;

namespace EdgeCnn.Pi.Gpio;

/// <summary>GPIO lines through the packages System.Device.Gpio and Iot.Device.Bindings; only in builds with
/// <c>-p:IotPackages=true</c>.</summary>
internal sealed class IotDriver : IGpioDriver
{
    private readonly GpioController _controller = new();
    private readonly List<GpioButton> _buttons = [];
    private IReadOnlyList<int> _lines = [];

    /// <inheritdoc/>
    public string Name => "System.Device.Gpio";

    /// <inheritdoc/>
    public void TakeOutputs(IReadOnlyList<int> lines)
    {
        foreach (int line in lines)
        {
            Try(() => _controller.OpenPin(line, PinMode.Output), $"line {line}");
            _controller.Write(line, PinValue.Low);
        }
        _lines = lines;
    }

    /// <inheritdoc/>
    public int TakeButton(int line)
    {
        // Other parameters have changed their order between versions of the package.
        Try(() => _buttons.Add(new GpioButton(line, gpio: _controller, shouldDispose: false)), $"line {line}");
        return _buttons.Count - 1;
    }

    /// <inheritdoc/>
    public void Set(ulong values)
    {
        for (int i = 0; i < _lines.Count; i++) _controller.Write(_lines[i], (values >> i & 1) != 0 ? PinValue.High : PinValue.Low);
    }

    /// <inheritdoc/>
    public bool IsDown(int button) => _buttons[button].IsPressed;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (GpioButton button in _buttons) button.Dispose();
        _controller.Dispose();
    }

    /// <summary>The packages throw what their driver happens to throw; here it is an error of the device.</summary>
    private static void Try(Action open, string what)
    {
        try
        {
            open();
        }
        catch (Exception refused) when (refused is not OutOfMemoryException)
        {
            throw new IOException($"System.Device.Gpio, {what}: {refused.Message}", refused);
        }
    }
}
