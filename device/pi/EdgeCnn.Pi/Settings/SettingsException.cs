using System;
using System.Collections.Generic;

namespace EdgeCnn.Pi.Settings;

/// <summary>The settings make no sense: every fault that was found, one each line.</summary>
internal sealed class SettingsException(IReadOnlyList<string> faults) : Exception(string.Join('\n', faults));
