using System.Collections.Generic;

namespace EdgeCnn.Cli.Results;

/// <summary>What a model on a board made of its inputs.</summary>
/// <param name="Port">The line to the board.</param>
/// <param name="ModelId">Identity of the model's content.</param>
/// <param name="Images">How often it ran.</param>
/// <param name="TicksPerSecond">Of the board's clock; 0 without one.</param>
/// <param name="Ticks">How long each run took.</param>
/// <param name="Outputs">Image after image, each with the model's outputs in order.</param>
internal sealed record DeviceRunResult(
    string Port, string ModelId, int Images, uint TicksPerSecond, IReadOnlyList<uint> Ticks, IReadOnlyList<OutputResult> Outputs);

/// <summary>What every operator on a board gave, beside this computer.</summary>
/// <param name="Port">The line to the board.</param>
/// <param name="TicksPerSecond">Of the board's clock; 0 without one.</param>
/// <param name="Equal">Whether all hashes are this computer's; null when no model was named to compare with.</param>
/// <param name="FirstDifference">The first operator that differs; null when none does.</param>
/// <param name="Operators">Operator after operator.</param>
internal sealed record DeviceProbeResult(
    string Port, uint TicksPerSecond, bool? Equal, int? FirstDifference, IReadOnlyList<DeviceOperatorResult> Operators);

/// <summary>An operator on a board; its name and the expected hash are known where a model was named.</summary>
internal sealed record DeviceOperatorResult(int Index, string? Name, uint Ticks, string Hash, string? Expected, int Smallest, int Largest);

/// <summary>What the model's own test found on a board.</summary>
/// <param name="Port">The line to the board.</param>
/// <param name="Passed">Whether every operator gave the expected bits.</param>
/// <param name="Operators">How many were compared; 0 after a failure.</param>
/// <param name="FailedAt">The first operator that differs; null when none does.</param>
internal sealed record DeviceSelfTestResult(string Port, bool Passed, int Operators, uint? FailedAt);

/// <summary>What a board learned.</summary>
/// <param name="Port">The line to the board.</param>
/// <param name="ModelId">Identity of the model.</param>
/// <param name="Steps">Samples learned now.</param>
/// <param name="Right">How many of them it knew before it learned them.</param>
/// <param name="Delta">Where what it learned was written.</param>
/// <param name="DeltaBytes">The delta's size.</param>
/// <param name="Equal">Whether this computer learned the same bits; null when the board had learned before.</param>
internal sealed record DeviceLearnResult(string Port, string ModelId, int Steps, int Right, string Delta, int DeltaBytes, bool? Equal);

/// <summary>What was done with a delta.</summary>
/// <param name="Port">The line to the board.</param>
/// <param name="Action">read, save, apply or drop.</param>
/// <param name="Path">The file; null where there is none.</param>
/// <param name="Bytes">The delta's size; 0 after a drop.</param>
internal sealed record DeviceDeltaResult(string Port, string Action, string? Path, int Bytes);
