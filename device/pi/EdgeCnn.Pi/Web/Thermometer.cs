using System;
using System.Globalization;
using System.IO;

namespace EdgeCnn.Pi.Web;

/// <summary>The processor's temperature, as the kernel tells it.</summary>
internal static class Thermometer
{
    private const string Zone = "/sys/class/thermal/thermal_zone0/temp";

    /// <summary>Degrees Celsius; null where the computer does not say.</summary>
    public static double? Read(string zone = Zone)
    {
        try
        {
            return int.TryParse(File.ReadAllText(zone), NumberStyles.Integer, CultureInfo.InvariantCulture, out int thousandths)
                ? thousandths / 1000.0
                : null;
        }
        catch (Exception none) when (none is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
