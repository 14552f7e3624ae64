namespace EdgeCnn.Device;

/// <summary>Numbers with which Linux says why a call failed, on arm64 and x86-64.</summary>
internal static class Errno
{
    internal const int NotPermitted = 1;
    internal const int NoEntry = 2;
    internal const int Interrupted = 4;
    internal const int InputOutput = 5;
    internal const int NoDeviceOrAddress = 6;
    internal const int Again = 11;
    internal const int NoMemory = 12;
    internal const int AccessDenied = 13;
    internal const int Busy = 16;
    internal const int NoDevice = 19;
    internal const int Invalid = 22;
    internal const int NotATerminal = 25;
    internal const int NoSpace = 28;
    internal const int BrokenPipe = 32;
    internal const int ProtocolError = 71;
    internal const int QuotaExceeded = 122;

    /// <summary>What a failed writing means.</summary>
    internal static Fault OfWriting(int error) => error switch
    {
        0 => Fault.None,
        NoSpace or QuotaExceeded => Fault.DiskFull,
        _ => Fault.CannotWrite,
    };

    /// <summary>What a failed opening of a device means; <paramref name="otherwise"/> where it says nothing else.</summary>
    internal static Fault OfOpening(int error, Fault otherwise) => error switch
    {
        NoEntry or NoDevice or NoDeviceOrAddress => Fault.NoDevice,
        AccessDenied or NotPermitted => Fault.NoPermission,
        Busy => Fault.Busy,
        NoMemory => Fault.NoMemory,
        _ => otherwise,
    };
}
