using System;

namespace EdgeCnn.Trainer.Export;

/// <summary>A network that can't become an integer model: which layer, why, and what to change.</summary>
public sealed class ExportException(string message) : Exception(message);
