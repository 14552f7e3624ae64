using System;
using EdgeCnn.Managed;

namespace EdgeCnn.Benchmarks.SideBySide.Onnx;

/// <summary>
/// The weights of an operator in ONNX's order, channel by channel with the input's channels before its places (O×I×Kh×Kw), and what they
/// are in real numbers: w = scale[c] · q, bias = input scale · scale[c] · q.
/// </summary>
internal sealed unsafe class Filter
{
    /// <summary>Reads the operator's weights from a file as it is exported.</summary>
    /// <param name="model">The file.</param>
    /// <param name="op">File offset of the operator's record.</param>
    /// <param name="operator">The same operator.</param>
    /// <param name="places">Places under a channel's weights: the kernel's, or those of the image that is flattened.</param>
    /// <param name="depth">Input channels of a place.</param>
    public Filter(byte* model, int op, OperatorInfo @operator, int places, int depth)
    {
        Channels = @operator.Output.Shape[^1];
        Shape = [Channels, depth, places];
        Values = new sbyte[Channels * places * depth];
        Bias = new int[Channels];
        Scales = new float[Channels];
        sbyte* weights = (sbyte*)(model + OperatorRecord.Weights(model, op));
        int requant = OperatorRecord.Requant(model, op), scales = requant + 4 * Channels;
        int multipliers = OperatorRecord.IsPerChannel(model, op) ? Channels : 1;
        for (int c = 0; c < Channels; c++)
        {
            int sum = 0, m = multipliers == 1 ? 0 : c;
            for (int place = 0; place < places; place++)
            {
                for (int i = 0; i < depth; i++)
                {
                    sbyte weight = weights[(c * places + place) * depth + i];
                    Values[(c * depth + i) * places + place] = weight;
                    sum += weight;
                }
            }
            // The file's bias holds −zero point · Σ weights already.
            Bias[c] = Memory.Int32(model, requant + 4 * c) + @operator.Input.ZeroPoint * sum;
            double multiplier = Math.ScaleB(
                ScaleBlock.Multiplier(model, scales, m), ScaleBlock.Shift(model, scales, multipliers, m) - 31);
            Scales[c] = (float)(multiplier * @operator.Output.Scale / @operator.Input.Scale);
        }
    }

    /// <summary>Output channels.</summary>
    public int Channels { get; }

    /// <summary>Output channels, input channels, places.</summary>
    public long[] Shape { get; }

    /// <summary>Integers of the weights.</summary>
    public sbyte[] Values { get; }

    /// <summary>Integers of the biases.</summary>
    public int[] Bias { get; }

    /// <summary>Real value of a weight's step, by output channel.</summary>
    public float[] Scales { get; }
}
