using System;
using System.IO;
using System.Linq;
using EdgeCnn.Pi.Settings;

namespace EdgeCnn.Pi.Gpio;

/// <summary>Chooses the driver that the settings name.</summary>
internal static class GpioDrivers
{
    private const string Chips = "/sys/bus/gpio/devices", Compatible = "of_node/compatible", FirstChip = "/dev/gpiochip0";

    /// <summary>What the device tree calls the chips of the header, of the Raspberry Pi 5, 4, and 1 to 3.</summary>
    private static readonly string[] HeaderChips = ["raspberrypi,rp1-gpio", "brcm,bcm2711-gpio", "brcm,bcm2835-gpio"];

    /// <summary>Opens the driver.</summary>
    /// <exception cref="IOException">This build does not have it.</exception>
    public static IGpioDriver Open(GpioSettings settings) => settings.Driver switch
    {
        GpioDriver.Iot => OpenIot(),
        _ => new KernelDriver(settings.Chip.Length > 0 ? settings.Chip : HeaderChip(Chips)),
    };

    /// <summary>The chip whose lines are the header's: its number differs between models and kernels.</summary>
    /// <param name="chips">The kernel's folder of chips.</param>
    internal static string HeaderChip(string chips) => Directory.Exists(chips)
        ? Directory.EnumerateDirectories(chips, "gpiochip*").Where(IsOfHeader).Select(chip => $"/dev/{Path.GetFileName(chip)}").FirstOrDefault(FirstChip)
        : FirstChip;

    private static bool IsOfHeader(string chip)
    {
        string file = Path.Combine(chip, Compatible);
        return File.Exists(file) && File.ReadAllText(file).Split('\0').Any(name => HeaderChips.Contains(name, StringComparer.Ordinal));
    }

    private static IGpioDriver OpenIot() =>
#if IOT_PACKAGES
        new IotDriver();
#else
        throw new IOException("Outputs:Gpio:Driver is iot: this program was built without those packages; build it with -p:IotPackages=true");
#endif
}
