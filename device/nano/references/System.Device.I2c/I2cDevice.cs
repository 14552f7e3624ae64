namespace System.Device.I2c;

// nanoframework/System.Device.I2c: System.Device.I2c/I2cDevice.cs
public class I2cDevice
{
    public I2cDevice(I2cConnectionSettings settings) => throw null;

    public byte ReadByte() => throw null;

    public I2cTransferResult WriteByte(byte value) => throw null;
}
