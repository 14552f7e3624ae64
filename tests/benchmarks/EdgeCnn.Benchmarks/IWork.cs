namespace EdgeCnn.Benchmarks;

/// <summary>A parameter of a benchmark that knows how much work it stands for.</summary>
public interface IWork
{
    /// <summary>Multiply-accumulates of one call; 0 for work of another kind.</summary>
    long Macs { get; }
}
