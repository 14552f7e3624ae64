namespace EdgeCnn.Device;

/// <summary>
/// An input line of a GPIO chip as a button, through the kernel's character device (version 2). The kernel notes each edge, however short;
/// where a chip has no interrupts, the level counts at the moment when it is asked.
/// </summary>
public unsafe struct GpioButton
{
    private int _file;

    /// <summary>Whether the chip reports edges.</summary>
    public bool HasEdges { get; private set; }

    /// <summary>Whether the button is down, as the last call of <see cref="Next"/> found it.</summary>
    public bool IsDown { get; private set; }

    /// <summary>When the last edge was, in microseconds of the monotonic clock.</summary>
    public long Microseconds { get; private set; }

    /// <summary>The kernel's errno of the last function that failed.</summary>
    public int Error { get; private set; }

    /// <summary>Takes a line as an input. A button that is down already is no press.</summary>
    /// <param name="chip">As of <see cref="GpioOutputs.Open"/>.</param>
    /// <param name="line">Its number (offset) on the chip.</param>
    /// <param name="isActiveLow">Whether the button pulls the line to ground; it is pulled up then, else down.</param>
    /// <param name="debounceMicroseconds">Levels that last shorter are no edges; 0 takes all.</param>
    /// <returns>As of <see cref="GpioOutputs.Open"/>.</returns>
    public Fault Open(byte* chip, int line, bool isActiveLow = true, int debounceMicroseconds = 10000)
    {
        ulong flags = GpioChip.Input | (isActiveLow ? GpioChip.ActiveLow | GpioChip.PullUp : GpioChip.PullDown);
        int error;
        _file = GpioChip.Request(chip, &line, 1, flags | GpioChip.RisingEdge | GpioChip.FallingEdge, debounceMicroseconds, &error);
        HasEdges = _file >= 0;
        // Without interrupts the kernel refuses edges, each chip with a number of its own.
        if (!HasEdges && GpioChip.FaultOf(error) is Fault.BadLine or Fault.NoDevice)
            _file = GpioChip.Request(chip, &line, 1, flags, 0, &error);
        Error = error;
        if (_file < 0) return GpioChip.FaultOf(error);
        int isDown = Level();
        IsDown = isDown > 0;
        return isDown < 0 ? Fault.BadLine : Fault.None;
    }

    /// <summary>Takes the next edge, if one comes in time.</summary>
    /// <param name="milliseconds">How long to wait; 0: not at all.</param>
    /// <param name="pressed">Receives 1 for a press, −1 for a release, 0 for none.</param>
    /// <returns><see cref="Fault.BadLine"/> when the chip is gone.</returns>
    public Fault Next(int milliseconds, int* pressed)
    {
        *pressed = 0;
        byte* edge = stackalloc byte[GpioChip.EventBytes];
        while (Waiting.For(_file, milliseconds) == LibC.PollIn)
        {
            if (LibC.Read(_file, edge, GpioChip.EventBytes) != GpioChip.EventBytes) break;
            bool isDown = Memory.Int32(edge, GpioChip.EventKindAt) == GpioChip.Rising;
            // The level may have told it already.
            if (isDown == IsDown) continue;
            Become(isDown, *(long*)edge / 1000, pressed);
            return Fault.None;
        }
        int level = Level();
        if (level < 0) return Fault.BadLine;
        if (level > 0 != IsDown) Become(level > 0, Waiting.Microseconds(), pressed);
        return Fault.None;
    }

    /// <summary>Gives the line back.</summary>
    public void Close()
    {
        if (_file > 0) _ = LibC.Close(_file);
        _file = 0;
    }

    /// <summary>1 when the button is down, 0 when it is up, −1 when the chip is gone.</summary>
    private int Level()
    {
        ulong* values = stackalloc ulong[2];
        values[0] = 0;
        values[1] = 1;
        if (LibC.Control(_file, GpioChip.GetValues, values) == 0) return (int)values[0] & 1;
        Error = LibC.Errno;
        return -1;
    }

    private void Become(bool isDown, long microseconds, int* pressed)
    {
        IsDown = isDown;
        Microseconds = microseconds;
        *pressed = isDown ? 1 : -1;
    }
}
