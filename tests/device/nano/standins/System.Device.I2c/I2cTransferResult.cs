namespace System.Device.I2c;

/// <summary>How a transfer went.</summary>
public struct I2cTransferResult
{
}
