using System;

namespace EdgeCnn.Tests.Boards;

/// <summary>The simulated board lost its power.</summary>
public sealed class PowerCutException() : Exception("power is off");
