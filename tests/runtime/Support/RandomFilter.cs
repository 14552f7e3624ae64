using System;
using System.Linq;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Quantization;

namespace EdgeCnn.Tests;

/// <summary>Random weights, scales and biases of a layer, and what they are in real numbers.</summary>
internal sealed class RandomFilter
{
    private readonly IntegerTensor _input, _output;
    private readonly int _depth;
    private readonly double[] _scales;
    private readonly double[] _bias;
    private readonly bool _longSums;
    private readonly double _min;
    private readonly IntegerWeights _weights;

    private RandomFilter(SampleRandom random, IntegerTensor input, IntegerTensor output, int channels, int depth, int bits)
    {
        (_input, _output, _depth) = (input, output, depth);
        bool perChannel = random.Coin();
        // Now and then so large that sums are multiplied by more than one: a shift to the left, and mostly saturation.
        float smallest = input.Type == ElementType.Int8 && random.Below(4) == 0 ? 1 : 0.001f, first = random.Scale(smallest);
        _scales = [.. Enumerable.Range(0, channels).Select(_ => (double)(perChannel ? random.Scale(smallest) : first))];
        sbyte[] values = [.. Enumerable.Range(0, channels * depth).Select(_ => (sbyte)(random.Below(1 << bits) - (1 << (bits - 1))))];
        int largest = random.Below(4) == 0 ? 0 : 1000;
        int[] bias = [.. Enumerable.Range(0, channels).Select(_ => random.Below(2 * largest + 1) - largest)];
        _bias = [.. bias.Select((b, c) => b * _scales[c] * input.Quantization.Scale)];
        for (int c = 0; c < channels; c++)
            bias[c] -= input.Quantization.ZeroPoint * values.Skip(c * depth).Take(depth).Sum(value => value);
        FixedMultiplier[] multipliers = [.. _scales.Take(perChannel ? channels : 1).Select(
            scale => FixedMultiplier.Of(input.Quantization.Scale * scale / output.Quantization.Scale))];
        _weights = new IntegerWeights(values, bias, multipliers) { Bits = bits };
        _longSums = input.Type == ElementType.Int16 && random.Coin();
        _min = random.Coin() ? 0 : double.NegativeInfinity;
    }

    internal static RandomFilter Of(SampleRandom random, IntegerTensor input, IntegerTensor output, int channels, int depth, int bits) =>
        new(random, input, output, channels, depth, bits);

    /// <summary>Weight <paramref name="k"/> of channel <paramref name="c"/>.</summary>
    internal double Weight(int c, int k) => _scales[c] * _weights.Values[c * _depth + k];

    /// <summary>A model of one operator with these weights.</summary>
    /// <param name="code">The operator.</param>
    /// <param name="own">Its own fields but the clamp.</param>
    /// <param name="sum">From (input, channel, image, row, column) to the real sum without bias; of a matrix, the column is its
    /// row.</param>
    /// <param name="number">The operator's own number, unless int16 sets it.</param>
    /// <param name="parameters">Its params block.</param>
    internal OperatorSample Sample(
        int code, byte[] own, Func<double[], int, int, int, int, double> sum, int? number = null, byte[]? parameters = null)
    {
        OwnFields.SetClamp(own, _output.Quantization, _min, double.PositiveInfinity, _output.Type);
        IntegerModel model = OperatorSample.Of(
            code, [_input], _output, own,
            op => op with { Weights = _weights, Number = _longSums ? WideRows.LongSums : number, Params = parameters });
        // Sums of 64 bits meet a multiplier of 16 bits: 2⁻¹⁵ of the largest output, one step, besides the rounding.
        return new OperatorSample(model, Definition, _longSums ? 2 : 1);

        double[] Definition(double[][] inputs) => [.. Enumerable.Range(0, _output.Elements).Select(i =>
        {
            // Whatever lies between the batch and the columns is counted as rows.
            int channels = _output.Shape[^1], columns = _output.Shape[^2];
            int rows = _output.Shape.Skip(1).Take(_output.Shape.Count - 3).Aggregate(1, (product, size) => product * size);
            int c = i % channels, column = i / channels % columns, row = i / channels / columns % rows, n = i / channels / columns / rows;
            return Math.Max(_min, sum(inputs[0], c, n, row, column) + _bias[c]);
        })];
    }
}
