namespace EdgeCnn.Device;

/// <summary>Time, and waiting for the kernel.</summary>
public static unsafe class Waiting
{
    internal const int Nothing = 0;

    /// <summary>Microseconds of the monotonic clock.</summary>
    public static long Microseconds()
    {
        long* time = stackalloc long[2];
        _ = LibC.Time(LibC.ClockMonotonic, time);
        return 1000000 * time[0] + (time[1] / 1000);
    }

    /// <summary>Whether a file can be read within a time, or has ended.</summary>
    public static bool IsReady(int file, int milliseconds) => For(file, milliseconds) != Nothing;

    /// <summary>The same in milliseconds.</summary>
    internal static long Milliseconds() => Microseconds() / 1000;

    /// <summary>Waits until a file can be read or has an error; <see cref="Nothing"/> when neither happens in time.</summary>
    internal static int For(int file, int milliseconds)
    {
        // struct pollfd: the file, what to wait for, what happened.
        ulong entry = (uint)file | (ulong)LibC.PollIn << 32;
        int count = LibC.Poll(&entry, 1, milliseconds);
        return count == 0 ? Nothing : (int)(entry >> 48) | (count < 0 ? LibC.PollError : 0);
    }
}
