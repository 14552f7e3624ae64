using System;
using System.Collections.Generic;
using System.IO;
using System.Runtime.InteropServices;
using EdgeCnn.Device;

namespace EdgeCnn.Pi.Gpio;

/// <summary>GPIO lines through the kernel's character device.</summary>
/// <param name="chip">The device, such as <c>/dev/gpiochip0</c>, or how its label begins.</param>
internal sealed unsafe class KernelDriver(string chip) : IGpioDriver
{
    private readonly GpioOutputs* _outputs = (GpioOutputs*)NativeMemory.AllocZeroed(1, (nuint)sizeof(GpioOutputs));
    private readonly GpioButton* _buttons = (GpioButton*)NativeMemory.AllocZeroed(GpioOutputs.MaxLines, (nuint)sizeof(GpioButton));
    private bool _hasOutputs;
    private int _buttonCount;

    /// <inheritdoc/>
    public string Name => chip;

    /// <inheritdoc/>
    public void TakeOutputs(IReadOnlyList<int> lines)
    {
        Span<int> numbers = stackalloc int[GpioOutputs.MaxLines];
        for (int i = 0; i < lines.Count; i++) numbers[i] = lines[i];
        fixed (byte* path = FaultWords.Terminated(chip))
        fixed (int* at = numbers) Require(_outputs->Open(path, at, lines.Count), $"lines {string.Join(", ", lines)}");
        _hasOutputs = true;
    }

    /// <inheritdoc/>
    public int TakeButton(int line)
    {
        fixed (byte* path = FaultWords.Terminated(chip)) Require(_buttons[_buttonCount].Open(path, line), $"line {line}");
        return _buttonCount++;
    }

    /// <inheritdoc/>
    public void Set(ulong values)
    {
        if (_outputs->Set(values) is var fault and not Fault.None) throw new IOException(fault.Words());
    }

    /// <inheritdoc/>
    public bool IsDown(int button)
    {
        int pressed = 1;
        while (pressed != 0 && _buttons[button].Next(0, &pressed) == Fault.None)
        {
            // All edges up to now.
        }
        return _buttons[button].IsDown;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_hasOutputs) _outputs->Close();
        for (int i = 0; i < _buttonCount; i++) _buttons[i].Close();
        NativeMemory.Free(_outputs);
        NativeMemory.Free(_buttons);
    }

    private void Require(Fault fault, string what)
    {
        if (fault != Fault.None) throw new IOException($"{chip}, {what}: {fault.Words()}");
    }
}
