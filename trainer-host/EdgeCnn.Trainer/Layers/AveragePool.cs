using System;
using System.Collections.Generic;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Kinds;
using EdgeCnn.Trainer.Quantization;

namespace EdgeCnn.Trainer.Layers;

/// <summary>
/// Down-sampling by the mean: out[y, x, c] = (1/n) Σ in over the n elements of the window of (y, x) that lie inside the input.
/// Backward, each of
/// them receives δ/n.
/// </summary>
/// <param name="kernel">Size of the windows.</param>
/// <param name="stride">Distance between windows; the kernel's size when absent.</param>
/// <param name="padding">Enlargement of the input; none when absent.</param>
[Kind("averagePool")]
public sealed unsafe class AveragePool<T>(Extent kernel, Extent? stride = null, Padding padding = default)
    : Pool<T>(kernel, stride, padding), IHasExamples<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public static IEnumerable<LayerExample<T>> Examples =>
    [
        new(new AveragePool<T>(new(2, 2)), new(4, 6, 3)),
        new(new AveragePool<T>(new(3, 2), new(2, 1)), new(7, 5, 9)),
        new(new AveragePool<T>(new(3, 3), new(2, 2), Padding.SameSize), new(6, 5, 2)),
        new(new AveragePool<T>(new(5, 4)), new(5, 4, 10)),
    ];

    /// <inheritdoc/>
    public override bool BackwardReadsInput => false;

    /// <inheritdoc/>
    public override IntegerForm? IntegerForm => new OperatorForm(AveragePool.Code, OwnFields.Of(Window));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Forward(LayerWorkspace<T> work)
    {
        // Vectors run over the channels and hang over the last one: the next position overwrites what they leave there.
        int channels = Input.Channels, row = Input.Width * channels, lanes = Vector256<T>.Count;
        var output = work.Output;
        for (var sample = 0; sample < work.Count; sample++)
        {
            var input = work.Input + (nint)sample * Input.Length;
            foreach (var (top, bottom) in Rows)
            {
                foreach (var (left, right) in Columns)
                {
                    var elements = Vector256.Create(T.CreateTruncating((bottom - top) * (right - left)));
                    var window = input + top * row + left * channels;
                    var channel = 0;
                    for (; channel <= channels - 4 * lanes; channel += 4 * lanes)
                        MeanOfFour(window + channel, bottom - top, right - left, elements, output + channel);
                    for (; channel < channels; channel += lanes)
                    {
                        var sum = Vector256<T>.Zero;
                        for (var y = 0; y < bottom - top; y++)
                        {
                            for (var x = 0; x < right - left; x++)
                                sum += Vector256.Load(window + y * row + x * channels + channel);
                        }

                        (sum / elements).Store(output + channel);
                    }

                    output += channels;
                }
            }
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Backward(LayerWorkspace<T> work)
    {
        if (work.InputGradient == null)
            return;
        int channels = Input.Channels, row = Input.Width * channels;
        var delta = work.OutputGradient;
        for (var sample = 0; sample < work.Count; sample++)
        {
            var gradient = work.InputGradient + (nint)sample * Input.Length;
            new Span<T>(gradient, Input.Length).Clear();
            foreach (var (top, bottom) in Rows)
            {
                foreach (var (left, right) in Columns)
                {
                    var elements = T.CreateTruncating((bottom - top) * (right - left));
                    var window = gradient + top * row + left * channels;
                    var c = 0;
                    for (; c <= channels - Vector256<T>.Count; c += Vector256<T>.Count)
                    {
                        var share = Vector256.Load(delta + c) / Vector256.Create(elements);
                        for (var y = 0; y < bottom - top; y++)
                        {
                            var to = window + y * row + c;
                            for (var x = left; x < right; x++, to += channels)
                                (Vector256.Load(to) + share).Store(to);
                        }
                    }

                    for (; c < channels; c++)
                    {
                        var share = delta[c] / elements;
                        for (var y = 0; y < bottom - top; y++)
                        {
                            for (var x = 0; x < right - left; x++)
                                window[y * row + x * channels + c] += share;
                        }
                    }

                    delta += channels;
                }
            }
        }
    }

    /// <summary>Four vectors of channels at once: one sum alone would wait for each of its additions.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void MeanOfFour(T* window, int height, int width, Vector256<T> elements, T* output)
    {
        int channels = Input.Channels, row = Input.Width * channels, lanes = Vector256<T>.Count;
        Vector256<T> sum0 = default, sum1 = default, sum2 = default, sum3 = default;
        for (; height > 0; height--, window += row)
        {
            var at = window;
            for (var x = width; x > 0; x--, at += channels)
            {
                sum0 += Vector256.Load(at);
                sum1 += Vector256.Load(at + lanes);
                sum2 += Vector256.Load(at + 2 * lanes);
                sum3 += Vector256.Load(at + 3 * lanes);
            }
        }

        (sum0 / elements).Store(output);
        (sum1 / elements).Store(output + lanes);
        (sum2 / elements).Store(output + 2 * lanes);
        (sum3 / elements).Store(output + 3 * lanes);
    }
}
