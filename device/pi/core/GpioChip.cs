namespace EdgeCnn.Device;

/// <summary>The kernel's GPIO character device, version 2, since Linux 5.10: requests, and where the fields are in the records that go with
/// them (include/uapi/linux/gpio.h).</summary>
internal static unsafe class GpioChip
{
    internal const ulong ActiveLow = 2, Input = 4, Output = 8, RisingEdge = 16, FallingEdge = 32, PullUp = 256, PullDown = 512;

    /// <summary>GPIO_V2_LINE_GET_VALUES_IOCTL and GPIO_V2_LINE_SET_VALUES_IOCTL: u64 bits, u64 mask.</summary>
    internal const uint GetValues = 0xC010B40E, SetValues = 0xC010B40F;

    /// <summary>A record of an edge, as read from the line's file.</summary>
    internal const int EventBytes = 48;
    internal const int EventKindAt = 8;
    internal const int Rising = 1;

    private const uint GetInfo = 0x8044B401, GetLines = 0xC250B407;
    private const int InfoBytes = 68;
    private const int LabelAt = 32;
    private const int RequestBytes = 592;
    private const int ConsumerAt = 256;
    private const int FlagsAt = 288;
    private const int AttributesAt = 296;
    private const int AttributeAt = 320;
    private const int LinesAt = 560;
    private const int FileAt = 588;
    private const int Debounce = 3;

    /// <summary>Takes lines of a chip: with <paramref name="debounce"/>, levels count that last so many microseconds;
    /// <paramref name="error"/> receives the kernel's errno or 0.</summary>
    /// <returns>A file for the lines, which is the caller's; −1 when there is none.</returns>
    internal static int Request(byte* chip, int* lines, int count, ulong flags, int debounce, int* error)
    {
        byte* record = stackalloc byte[RequestBytes];
        Memory.Fill(record, 0, RequestBytes, 0);
        for (int i = 0; i < count; i++) Memory.SetInt32(record, 4 * i, lines[i]);
        fixed (byte* name = "edgecnn"u8) Memory.Copy(name, 0, record, ConsumerAt, 7);
        *(ulong*)(record + FlagsAt) = flags;
        Memory.SetInt32(record, LinesAt, count);
        if (debounce > 0)
        {
            Memory.SetInt32(record, AttributesAt, 1);
            Memory.SetInt32(record, AttributeAt, Debounce);
            Memory.SetInt32(record, AttributeAt + 8, debounce);
            *(ulong*)(record + AttributeAt + 16) = 1;
        }
        int file = Open(chip, error);
        if (file < 0) return -1;
        *error = LibC.Control(file, GetLines, record) < 0 ? LibC.Errno : 0;
        _ = LibC.Close(file);
        return *error == 0 ? Memory.Int32(record, FileAt) : -1;
    }

    /// <summary>What a failed request means.</summary>
    internal static Fault FaultOf(int error) => error == 0 ? Fault.None
        : Errno.OfOpening(error, error == Errno.NotATerminal ? Fault.NotAChip : Fault.BadLine);

    /// <summary>Opens a chip by its path; or, when it has no path, the first one whose label begins so.</summary>
    private static int Open(byte* chip, int* error)
    {
        byte* label = stackalloc byte[InfoBytes], path = stackalloc byte[24];
        *error = 0;
        if (*chip == '/') return OpenPath(chip, label, error);
        fixed (byte* name = "/dev/gpiochip0"u8) Memory.Copy(name, 0, path, 0, 15);
        for (; path[13] <= '9'; path[13]++)
        {
            int file = OpenPath(path, label, error), same = 0;
            if (file < 0) continue;
            while (chip[same] != 0 && chip[same] == label[LabelAt + same]) same++;
            if (chip[same] == 0) return file;
            _ = LibC.Close(file);
        }
        if (*error != Errno.AccessDenied) *error = Errno.NoEntry;
        return -1;
    }

    private static int OpenPath(byte* path, byte* info, int* error)
    {
        int file = LibC.Open(path, LibC.ReadWrite | LibC.CloseOnExec, 0);
        if (file < 0)
        {
            // Of several chips, one that this user may not open says more than one that is not there.
            if (*error != Errno.AccessDenied) *error = LibC.Errno;
            return -1;
        }
        if (LibC.Control(file, GetInfo, info) == 0) return file;
        *error = Errno.NotATerminal;
        _ = LibC.Close(file);
        return -1;
    }
}
