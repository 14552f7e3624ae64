namespace System.Device.I2c;

/// <summary>Where a device is.</summary>
public sealed class I2cConnectionSettings
{
    /// <summary>On a bus, at an address.</summary>
    public I2cConnectionSettings(int busId, int deviceAddress)
    {
    }
}
