namespace EdgeCnn.Cli.Results;

/// <summary>A model that was imported.</summary>
/// <param name="SourceBytes">Size of the source.</param>
/// <param name="FileBytes">Size of the model file.</param>
/// <param name="ArenaBytes">RAM that a device needs to run it.</param>
/// <param name="Operators">Number of operators.</param>
/// <param name="ModelId">Identity of the model's content.</param>
/// <param name="ModelPath">Where the model is.</param>
internal sealed record ImportResult(int SourceBytes, int FileBytes, int ArenaBytes, int Operators, string ModelId, string ModelPath);
