using System;

namespace EdgeCnn.Trainer.Quantization;

/// <summary>What a float layer becomes on a device.</summary>
public abstract record IntegerForm;

/// <summary>An operator of the runtime. With weights, its output is requantized; without, it keeps its input's quantization.</summary>
/// <param name="Code">The operator's code in the file format.</param>
/// <param name="Own">The operator's own 12 bytes of its record, without the clamp.</param>
/// <param name="IsVector">The output is a vector (batch, channels) and not an image (batch, height, width, channels).</param>
public sealed record OperatorForm(int Code, byte[] Own, bool IsVector = false) : IntegerForm;

/// <summary>An activation that is fused into the operator before it: values are held to [Min, Max].</summary>
public sealed record ClampForm(double Min, double Max) : IntegerForm;

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
/// <param name="Output">The quantization of the function's results.</param>
/// <param name="Table">From the input's quantization to the 256 results, indexed by the input's byte.</param>
public sealed record FunctionForm(QuantizationParameters Output, Func<QuantizationParameters, byte[]> Table) : IntegerForm;
