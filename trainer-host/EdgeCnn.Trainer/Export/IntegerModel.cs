using System.Collections.Generic;
using System.Linq;
using EdgeCnn.Trainer.Quantization;

namespace EdgeCnn.Trainer.Export;

/// <summary>
/// A network in integers, before it has a place in memory: what <see cref="ModelWriter"/> turns into a file. Tensors stand in the order
/// in which they are written: the inputs, then each operator's output.
/// </summary>
public sealed class IntegerModel
{
    /// <summary>All tensors.</summary>
    public IList<IntegerTensor> Tensors { get; } = [];

    /// <summary>The operators in execution order.</summary>
    public IList<IntegerOperator> Operators { get; } = [];

    /// <summary>Descriptions of the first tensors.</summary>
    public IList<InputDescription> Inputs { get; } = [];

    /// <summary>The tensors that an application reads.</summary>
    public IList<OutputDescription> Outputs { get; } = [];

    /// <summary>Key/value pairs for hosts, written in this order.</summary>
    public IList<KeyValuePair<string, string>> Meta { get; } = [];
}

/// <summary>An activation tensor.</summary>
/// <param name="Shape">Dimensions, batch first, channels last.</param>
/// <param name="Quantization">How its integers stand for real numbers.</param>
/// <param name="Type">One of the constants of <see cref="ElementType"/>.</param>
/// <param name="Source">The tensor's number in the file that the model was imported from; −1 when there is none.</param>
public sealed record IntegerTensor(
    IReadOnlyList<int> Shape, QuantizationParameters Quantization, int Type = ElementType.Int8, int Source = -1)
{
    /// <summary>Number of elements.</summary>
    public int Elements => Shape.Aggregate(1, (product, size) => checked(product * size));

    /// <summary>Bytes in the arena.</summary>
    public int Bytes => checked(Elements * ElementType.Bytes(Type));
}

/// <summary>An operator: which tensors, which weights, which settings.</summary>
/// <param name="Code">The operator's code in the file format.</param>
/// <param name="Inputs">The tensors it reads: one, two, or with <see cref="HasInputList"/> any number.</param>
/// <param name="Output">Index of the tensor it writes.</param>
/// <param name="Own">The operator's own 12 bytes of its record. With <see cref="Params"/> the first four are set when the file is
/// written.</param>
public sealed record IntegerOperator(int Code, IReadOnlyList<int> Inputs, int Output, byte[] Own)
{
    /// <summary>Weights and the way from sums to outputs, or null.</summary>
    public IntegerWeights? Weights { get; init; }

    /// <summary>A constant second operand in the WEIGHTS section, or null. Not together with <see cref="Weights"/>.</summary>
    public byte[]? Constant { get; init; }

    /// <summary>Multipliers of an operator without weights that rescales, or null. Not together with <see cref="Weights"/>.</summary>
    public IReadOnlyList<FixedMultiplier>? Scales { get; init; }

    /// <summary>The operator's block in the PARAMS section, or null. With <see cref="HasInputList"/> it begins with the input
    /// list.</summary>
    public byte[]? Params { get; init; }

    /// <summary>A number of the operator's own in place of a second input, or null.</summary>
    public int? Number { get; init; }

    /// <summary>Whether the params block begins with the tensor numbers of all inputs.</summary>
    public bool HasInputList { get; init; }
}

/// <summary>The weights of an operator.</summary>
/// <param name="Values">channels × depth.</param>
/// <param name="Bias">One per channel, with −input zero point · Σ weights folded in.</param>
/// <param name="Multipliers">One per channel, or one for all.</param>
public sealed record IntegerWeights(sbyte[] Values, int[] Bias, FixedMultiplier[] Multipliers)
{
    /// <summary>Bits of a weight in the file: 8, or 4 for values from −8 to 7.</summary>
    public int Bits { get; init; } = 8;

    /// <summary>The values as the file holds them: a byte each, or two to a byte, the lower half first.</summary>
    public byte[] ToBytes()
    {
        byte[] bytes = new byte[(Values.Length * Bits + 7) / 8];
        for (int i = 0; i < Values.Length; i++)
            bytes[i * Bits / 8] |= (byte)((Values[i] & ((1 << Bits) - 1)) << (i * Bits % 8));
        return bytes;
    }
}

/// <summary>An input of the model.</summary>
/// <param name="Name">What applications call it.</param>
/// <param name="ChannelOrder">One of the constants of <see cref="EdgeCnn.ChannelOrder"/>.</param>
/// <param name="Pixels">How pixels become its integers, or null.</param>
public sealed record InputDescription(string Name, int ChannelOrder, PixelScaling? Pixels)
{
    /// <summary>A <see cref="LogMelRecord"/> that says how sound becomes its pixels, or null.</summary>
    public byte[]? Sound { get; init; }
}

/// <summary>An output of the model.</summary>
/// <param name="Tensor">Index of the tensor.</param>
/// <param name="Name">What applications call it.</param>
/// <param name="Labels">Class names in the order of the elements; empty when there are none.</param>
public sealed record OutputDescription(int Tensor, string Name, IReadOnlyList<string> Labels);
