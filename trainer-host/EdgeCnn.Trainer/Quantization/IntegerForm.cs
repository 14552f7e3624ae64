using System;
using System.Collections.Generic;
using System.Linq;

namespace EdgeCnn.Trainer.Quantization;

/// <summary>What a float layer becomes on a device.</summary>
public abstract record IntegerForm;

/// <summary>An operator of the runtime. With weights, its output is requantized; without, it keeps its input's quantization.</summary>
/// <param name="Code">The operator's code in the file format.</param>
/// <param name="Own">The operator's own 12 bytes of its record, without the clamp.</param>
/// <param name="IsVector">The output is a vector (batch, channels) and not an image (batch, height, width, channels).</param>
public sealed record OperatorForm(int Code, byte[] Own, bool IsVector = false) : IntegerForm
{
    /// <summary>The operator's block in the PARAMS section, or null.</summary>
    public byte[]? Params { get; init; }

    /// <summary>A number of the operator's own in place of a second input, or null.</summary>
    public int? Number { get; init; }

    /// <summary>What the layer's weights are multiplied by to be those of the operator.</summary>
    public double WeightFactor { get; init; } = 1;

    /// <summary>Whether the bias holds −input zero point · Σ weights; false for operators that subtract the zero point
    /// themselves.</summary>
    public bool FoldsZeroPoint { get; init; } = true;

    /// <summary>
    /// For operators without clamp whose own bytes depend on the input's quantization, and whose output has a quantization of its own.
    /// </summary>
    public Func<QuantizationParameters, (byte[] Own, QuantizationParameters Output)>? ForInput { get; init; }

    /// <summary>Whether the output has the dimensions of the input, whatever they are.</summary>
    public bool KeepsDimensions { get; init; }

    /// <summary>Dimensions of the output tensor of one sample, batch first.</summary>
    /// <param name="input">Dimensions of the input tensor.</param>
    /// <param name="output">Shape of the layer's output.</param>
    public IReadOnlyList<int> DimensionsOf(IReadOnlyList<int> input, Shape output) =>
        KeepsDimensions ? input : IsVector ? [1, output.Length] : ImageDimensions(output);

    /// <summary>(1, height, width, channels), or (1, depth, height, width, channels) of a volume.</summary>
    public static IReadOnlyList<int> ImageDimensions(Shape shape) =>
        [1, .. shape.IsVolume ? new[] { shape.Depth } : [], shape.Height, shape.Width, shape.Channels];
}

/// <summary>An activation that is fused into the operator before it: values are held to [Min, Max].</summary>
public sealed record ClampForm(double Min, double Max) : IntegerForm
{
    /// <summary>Whether everything passes: the layer does nothing on a device.</summary>
    public bool IsOpen => double.IsNegativeInfinity(Min) && double.IsPositiveInfinity(Max);
}

/// <summary>The sum of two tensors, in a quantization of its own.</summary>
public sealed record SumForm : IntegerForm;

/// <summary>Tensors whose channels stand behind each other, all brought to one quantization.</summary>
public sealed record JoinForm : IntegerForm;

/// <summary>The same numbers in the quantization that another stage chooses.</summary>
/// <param name="Stage">Number of that stage.</param>
internal sealed record ChangeForm(int Stage) : IntegerForm;

/// <summary>
/// A factor and a summand per channel. They go into the weights of the operator before, or, where that has none, or others read it too,
/// become a 1×1 depthwise convolution.
/// </summary>
/// <param name="Factors">What they are for the values that the parameters have when it is called.</param>
public sealed record AffineForm(Func<(double Scale, double Shift)[]> Factors) : IntegerForm;

/// <summary>An activation that is a table of its own: a function of one 8-bit number.</summary>
/// <param name="OutputOf">From the input's quantization to that of the function's results.</param>
/// <param name="Table">From the input's quantization to the 256 results, indexed by the input's byte.</param>
public sealed record FunctionForm(
    Func<QuantizationParameters, QuantizationParameters> OutputOf, Func<QuantizationParameters, byte[]> Table) : IntegerForm
{
    /// <summary>A function whose results have the same quantization always.</summary>
    public FunctionForm(QuantizationParameters output, Func<QuantizationParameters, byte[]> table)
        : this(_ => output, table)
    {
    }

    /// <summary>y = x.</summary>
    public static FunctionForm Identity { get; } =
        new(input => input, _ => [.. Enumerable.Range(0, Lookup.TableBytes).Select(i => (byte)i)]);

    /// <summary>Any function: its results cover what the 256 inputs give, and each is the nearest integer.</summary>
    public static FunctionForm Nearest(Func<double, double> f)
    {
        return new FunctionForm(Output, input =>
        {
            var output = Output(input);
            var table = new byte[Lookup.TableBytes];
            for (int i = 0; i < table.Length; i++) table[i] = unchecked((byte)output.Quantize(f(input.Dequantize((sbyte)i))));
            return table;
        });

        QuantizationParameters Output(QuantizationParameters input)
        {
            double[] values = [.. Enumerable.Range(sbyte.MinValue, 256).Select(q => f(input.Dequantize(q)))];
            return QuantizationParameters.Covering(values.Min(), values.Max());
        }
    }
}
