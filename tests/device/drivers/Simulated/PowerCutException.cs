using System;

namespace EdgeCnn.Device.Tests.Simulated;

/// <summary>Power went while flash changed.</summary>
internal sealed class PowerCutException(uint address) : Exception($"power is off, at {address:x8}")
{
    /// <summary>What was being written, or the first of what was being erased.</summary>
    internal uint Address => address;
}
