using System.Collections.Generic;

namespace EdgeCnn.Cli.Results;

/// <summary>What the model's own test found on this computer.</summary>
/// <param name="ModelPath">The model file.</param>
/// <param name="ModelId">Identity of its content.</param>
/// <param name="Passed">Whether every operator gave the expected bits.</param>
/// <param name="Operators">Each operator's part.</param>
internal sealed record SelfTestResult(string ModelPath, string ModelId, bool Passed, IReadOnlyList<OperatorTestResult> Operators);

/// <summary>An operator's hash and the one that the file expects, 16 hexadecimal digits each.</summary>
internal sealed record OperatorTestResult(int Index, string Name, string Hash, string Expected, bool Passed);
