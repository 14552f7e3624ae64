using System.Collections.Generic;
using System.Linq;
using EdgeCnn.Trainer.Kinds;

namespace EdgeCnn.Trainer.Quantization;

/// <summary>What the weights of one operator are in integers: −<see cref="Limit"/> … <see cref="Limit"/>, zero being 0.</summary>
/// <param name="Bits">8 or 4.</param>
/// <param name="PerChannel">One scale per output channel instead of one for all.</param>
public readonly record struct WeightFormat(int Bits, bool PerChannel)
{
    /// <summary>The largest integer: 127 or 7.</summary>
    public int Limit => (1 << (Bits - 1)) - 1;
}

/// <summary>Which operators get which weights.</summary>
/// <remarks>
/// Weights of 4 bits have a scale per channel always: 15 steps are too few for all channels together. So do those that batch
/// normalization was folded into, because its factors make the channels unequal.
/// </remarks>
public sealed record WeightFormats
{
    /// <summary>The runtime's operators that have a twin with weights of 4 bits.</summary>
    private static readonly Dictionary<int, int> Narrow = new()
    {
        [Conv2D.Code] = Conv2DInt4.Code,
        [FullyConnected.Code] = FullyConnectedInt4.Code,
    };

    private static readonly int[] KnownBits = [4, 8];

    /// <summary>Formats of weights.</summary>
    /// <param name="perTensorFullyConnected">One scale for all 8-bit weights of a fully connected layer.</param>
    /// <param name="bits">8, or 4 where the runtime has such an operator: convolutions without groups, and fully connected layers.</param>
    /// <param name="keepEnds">The first and the last operator with weights have 8 bits.</param>
    public WeightFormats(bool perTensorFullyConnected, int bits = 8, bool keepEnds = true)
    {
        if (!KnownBits.Contains(bits)) throw Require.Refuse("weightBits", $"{bits} is not allowed; use 4 or 8");
        (PerTensorFullyConnected, Bits, KeepEnds) = (perTensorFullyConnected, bits, keepEnds);
    }

    /// <summary>One scale for all 8-bit weights of a fully connected layer.</summary>
    public bool PerTensorFullyConnected { get; }

    /// <summary>Bits where they can be chosen.</summary>
    public int Bits { get; }

    /// <summary>Whether the first and the last operator with weights have 8 bits.</summary>
    public bool KeepEnds { get; }

    /// <summary>The format of every stage's weights; of no meaning for stages without.</summary>
    public WeightFormat[] Of(IReadOnlyList<Stage> stages)
    {
        int[] weighted = [.. Enumerable.Range(0, stages.Count).Where(i => stages[i].Weights is not null)];
        return [.. stages.Select((stage, i) => Of(stage, KeepEnds && weighted is [var first, .., var last] && (i == first || i == last)))];
    }

    /// <summary>The operator that reads weights of so many bits.</summary>
    public static int CodeOf(int code, WeightFormat format) => format.Bits == 4 ? Narrow[code] : code;

    private WeightFormat Of(Stage stage, bool isEnd)
    {
        int code = stage.Form is OperatorForm form ? form.Code : -1;
        if (Bits == 4 && !isEnd && Narrow.ContainsKey(code)) return new WeightFormat(4, true);
        return new WeightFormat(8, !PerTensorFullyConnected || code != FullyConnected.Code || stage.IsScaled);
    }
}
