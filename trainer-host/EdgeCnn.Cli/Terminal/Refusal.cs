using System;

namespace EdgeCnn.Cli.Terminal;

/// <summary>An input or an output that the tool refuses: what, where, and what to do.</summary>
internal sealed class RefusedException(string message) : Exception(message);

/// <summary>A command line that does not fit together: what, and how to write it.</summary>
internal sealed class UsageException(string message) : Exception(message);

/// <summary>The user ended the command, which left something to go on from: what, and how.</summary>
internal sealed class InterruptedException(string message) : OperationCanceledException(message);
