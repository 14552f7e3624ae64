namespace System.Device.I2c;

/// <summary>A device whose registers a test fills.</summary>
public class I2cDevice
{
    private byte _register;

    /// <summary>A device.</summary>
    public I2cDevice(I2cConnectionSettings settings)
    {
    }

    /// <summary>The registers; null: nothing answers.</summary>
    public static byte[]? Registers { get; set; } = new byte[256];

    /// <summary>Reads the register and goes on to the next one.</summary>
    public byte ReadByte() => (Registers ?? throw new InvalidOperationException("no device"))[_register++];

    /// <summary>Chooses the register.</summary>
    public I2cTransferResult WriteByte(byte value)
    {
        _register = value;
        return default;
    }
}
