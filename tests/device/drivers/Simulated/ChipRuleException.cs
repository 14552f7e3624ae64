using System;

namespace EdgeCnn.Device.Tests.Simulated;

/// <summary>What the chip's manual forbids, or leaves undefined.</summary>
internal sealed class ChipRuleException(string message) : Exception(message);
