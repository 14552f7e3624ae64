namespace System.Device.I2c;

// nanoframework/System.Device.I2c: System.Device.I2c/I2cTransferResult.cs
public struct I2cTransferResult
{
}
