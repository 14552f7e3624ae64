namespace EdgeCnn.Cli.Results;

/// <summary>Why there is no result.</summary>
/// <param name="Error">One line: what, where, what to do.</param>
internal sealed record ErrorResult(string Error);
