using System;
using System.Collections.Generic;
using System.Numerics;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Kinds;
using EdgeCnn.Trainer.Numerics;
using EdgeCnn.Trainer.Quantization;

namespace EdgeCnn.Trainer.Layers;

/// <summary>
/// Stochastic pooling (Zeiler and Fergus, 2013) of values a = max(x, 0): while training, each window gives one of its values, drawn with
/// probability a/Σa; otherwise the mean weighted by those probabilities, Σa²/Σa. A window without positive values gives 0.
/// </summary>
/// <remarks>
/// Backward while training, all of δ goes to the value that was drawn. Otherwise ∂y/∂a = (2a − y)/Σa where a &gt; 0.
/// </remarks>
/// <param name="kernel">Size of the windows.</param>
/// <param name="stride">Distance between windows; the kernel's size when absent.</param>
/// <param name="padding">Enlargement of the input, whose places don't take part; none when absent.</param>
[Kind("stochasticPool")]
public sealed unsafe class StochasticPool<T>(Extent kernel, Extent? stride = null, Padding padding = default)
    : Pool<T>(kernel, stride, padding), IHasExamples<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public static IEnumerable<LayerExample<T>> Examples =>
    [
        new(new StochasticPool<T>(new(2, 2)), new(4, 6, 3)),
        new(new StochasticPool<T>(new(3, 3), new(2, 2), Padding.SameSize), new(6, 5, 2)),
    ];

    /// <inheritdoc/>
    public override IntegerForm? IntegerForm => new OperatorForm(EdgeCnn.StochasticPool.Code, OwnFields.Of(Window));

    /// <inheritdoc/>
    public override void Forward(LayerWorkspace<T> work)
    {
        var output = work.Output;
        for (var sample = 0; sample < work.Count; sample++)
        {
            var random = work.Moment is null ? default : work.RandomOf(sample);
            var input = work.Input + (nint)sample * Input.Length;
            foreach (var rows in Rows)
            {
                foreach (var columns in Columns)
                {
                    for (var channel = 0; channel < Input.Channels; channel++, output++)
                    {
                        var (sum, squares) = Sums(input + channel, rows, columns);
                        if (!(sum > T.Zero))
                            *output = T.Zero;
                        else if (work.Moment is null)
                            *output = squares / sum;
                        else
                            *output = input[channel + Draw(input + channel, rows, columns, sum, ref random)];
                    }
                }
            }
        }
    }

    /// <inheritdoc/>
    public override void Backward(LayerWorkspace<T> work)
    {
        if (work.InputGradient == null)
            return;
        new Span<T>(work.InputGradient, work.Count * Input.Length).Clear();
        var delta = work.OutputGradient;
        for (var sample = 0; sample < work.Count; sample++)
        {
            var random = work.Moment is null ? default : work.RandomOf(sample);
            var start = (nint)sample * Input.Length;
            foreach (var rows in Rows)
            {
                foreach (var columns in Columns)
                {
                    for (var channel = 0; channel < Input.Channels; channel++, delta++)
                    {
                        T* input = work.Input + start + channel, gradient = work.InputGradient + start + channel;
                        var (sum, squares) = Sums(input, rows, columns);
                        if (!(sum > T.Zero))
                            continue;
                        if (work.Moment is null)
                            AddShares(input, gradient, rows, columns, sum, squares / sum, *delta);
                        else
                            gradient[Draw(input, rows, columns, sum, ref random)] += *delta;
                    }
                }
            }
        }
    }

    private (T Sum, T Squares) Sums(T* input, (int First, int End) rows, (int First, int End) columns)
    {
        T sum = T.Zero, squares = T.Zero;
        for (var y = rows.First; y < rows.End; y++)
        {
            for (var x = columns.First; x < columns.End; x++)
            {
                var a = T.Max(input[(y * Input.Width + x) * Input.Channels], T.Zero);
                sum += a;
                squares += a * a;
            }
        }

        return (sum, squares);
    }

    /// <summary>Where in the sample the drawn value is: the first at which the running sum passes a random part of the whole.</summary>
    private int Draw(T* input, (int First, int End) rows, (int First, int End) columns, T sum, ref SplitMix64 random)
    {
        var rest = T.CreateTruncating(random.NextDouble()) * sum;
        var last = 0;
        for (var y = rows.First; y < rows.End; y++)
        {
            for (var x = columns.First; x < columns.End; x++)
            {
                var place = (y * Input.Width + x) * Input.Channels;
                if (!(input[place] > T.Zero))
                    continue;
                last = place;
                rest -= input[place];
                if (rest < T.Zero)
                    return place;
            }
        }

        return last;
    }

    private void AddShares(T* input, T* gradient, (int First, int End) rows, (int First, int End) columns, T sum, T mean, T delta)
    {
        for (var y = rows.First; y < rows.End; y++)
        {
            for (var x = columns.First; x < columns.End; x++)
            {
                var place = (y * Input.Width + x) * Input.Channels;
                if (input[place] > T.Zero)
                    gradient[place] += delta * (input[place] + input[place] - mean) / sum;
            }
        }
    }
}
