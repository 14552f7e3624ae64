namespace EdgeCnn.Device;

/// <summary>Output lines of a GPIO chip, through the kernel's character device (version 2, Linux 5.10 and later), set all at
/// once.</summary>
public unsafe struct GpioOutputs
{
    /// <summary>Most lines.</summary>
    public const int MaxLines = 64;

    private int _file, _count;

    /// <summary>The kernel's errno of the last function that failed.</summary>
    public int Error { get; private set; }

    /// <summary>Takes lines as outputs, all off.</summary>
    /// <param name="chip">The device, such as <c>/dev/gpiochip0</c>, or how its label begins, such as <c>pinctrl-</c> for the header of any
    /// Raspberry Pi, whose number differs; ends with a byte 0.</param>
    /// <param name="lines">Their numbers (offsets) on the chip.</param>
    /// <param name="count">1 to <see cref="MaxLines"/>.</param>
    /// <param name="isActiveLow">Whether a line that is on has the low level.</param>
    /// <returns><see cref="Fault.NoDevice"/>, <see cref="Fault.NoPermission"/>, <see cref="Fault.Busy"/>, <see cref="Fault.NotAChip"/>,
    /// <see cref="Fault.BadLine"/>.</returns>
    public Fault Open(byte* chip, int* lines, int count, bool isActiveLow = false)
    {
        _count = count;
        if (count < 1 || count > MaxLines) return Fault.BadLine;
        int error;
        _file = GpioChip.Request(chip, lines, count, GpioChip.Output | (isActiveLow ? GpioChip.ActiveLow : 0), 0, &error);
        Error = error;
        return GpioChip.FaultOf(error);
    }

    /// <summary>Sets all lines: bit i of <paramref name="values"/> is line i of those taken.</summary>
    /// <returns><see cref="Fault.BadLine"/> when the chip is gone.</returns>
    public Fault Set(ulong values)
    {
        ulong* record = stackalloc ulong[2];
        record[0] = values;
        record[1] = _count == MaxLines ? ulong.MaxValue : (1ul << _count) - 1;
        if (LibC.Control(_file, GpioChip.SetValues, record) == 0) return Fault.None;
        Error = LibC.Errno;
        return Fault.BadLine;
    }

    /// <summary>Gives the lines back, as they are.</summary>
    public void Close()
    {
        if (_file > 0) _ = LibC.Close(_file);
        _file = 0;
    }
}
