using System.IO;
using EdgeCnn.Pi.Settings;

namespace EdgeCnn.Pi.Gpio;

/// <summary>Chooses the driver that the settings name.</summary>
internal static class GpioDrivers
{
    /// <summary>Opens the driver.</summary>
    /// <exception cref="IOException">This build does not have it.</exception>
    public static IGpioDriver Open(GpioSettings settings) => settings.Driver switch
    {
        GpioDriver.Iot => OpenIot(),
        _ => new KernelDriver(settings.Chip),
    };

    private static IGpioDriver OpenIot() =>
#if IOT_PACKAGES
        new IotDriver();
#else
        throw new IOException("Outputs:Gpio:Driver is Iot: this program has no such packages; build it with -p:IotPackages=true");
#endif
}
