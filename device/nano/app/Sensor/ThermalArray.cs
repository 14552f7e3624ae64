using System;
using System.Device.I2c;

namespace EdgeCnn.Device;

/// <summary>
/// The thermal array AMG8833 of Panasonic: 8 × 8 temperatures of 12 bits in quarters of a degree, the low byte first, from register 0x80
/// on. A value of the frame is the temperature in quarters of a degree, held to 0 to 63.75 °C.
/// </summary>
/// <remarks>Register by register: to read them at once takes a span, which costs allocations for each frame.</remarks>
public sealed class ThermalArray : ISensor
{
    /// <summary>Its address while AD_SELECT is low.</summary>
    public const int Address = 0x68;

    private const int FirstPixel = 0x80;
    private const int Pixels = 64;

    private readonly I2cDevice _device;

    /// <summary>A sensor on a bus.</summary>
    public ThermalArray(int bus, int address) => _device = new I2cDevice(new I2cConnectionSettings(bus, address));

    /// <inheritdoc />
    public int Count => Pixels;

    /// <inheritdoc />
    public bool Read(byte[] frame)
    {
        try
        {
            for (int i = 0; i < Pixels; i++) frame[i] = (byte)Requantize.Clamp(Value(FirstPixel + 2 * i), 0, 255);
            return true;
        }
        catch (Exception)
        {
            return false;
        }
    }

    /// <summary>A number of 12 bits in two's complement.</summary>
    private int Value(int register)
    {
        int value = Register(register) | Register(register + 1) << 8;
        return value << 20 >> 20;
    }

    private int Register(int register)
    {
        _device.WriteByte((byte)register);
        return _device.ReadByte();
    }
}
