namespace System.Device.Gpio;

/// <summary>Restates, in dotnet/iot, src/System.Device.Gpio/System/Device/Gpio/PinValue.cs: High, Low, and that values are
/// equal by what they are.</summary>
public readonly record struct PinValue
{
    private readonly byte _value;

    private PinValue(byte value) => _value = value;

    public static PinValue High => new(1);

    public static PinValue Low => new(0);
}
