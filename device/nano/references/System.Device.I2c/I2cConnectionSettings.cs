namespace System.Device.I2c;

// nanoframework/System.Device.I2c: System.Device.I2c/I2cConnectionSettings.cs
public sealed class I2cConnectionSettings
{
    public I2cConnectionSettings(int busId, int deviceAddress) => throw null;
}
