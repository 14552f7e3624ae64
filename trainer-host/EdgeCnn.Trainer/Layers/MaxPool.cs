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
/// Down-sampling by the maximum: out[y, x, c] = max of in over the window of (y, x), padding left out. Backward, all of δ goes to the
/// winner: the
/// first maximum of the window in row order.
/// </summary>
/// <param name="kernel">Size of the windows.</param>
/// <param name="stride">Distance between windows; the kernel's size when absent.</param>
/// <param name="padding">Enlargement of the input; none when absent.</param>
[Kind("maxPool")]
public sealed unsafe class MaxPool<T>(Extent kernel, Extent? stride = null, Padding padding = default)
    : Pool<T>(kernel, stride, padding), IHasExamples<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public static IEnumerable<LayerExample<T>> Examples =>
    [
        new(new MaxPool<T>(new(2, 2)), new(4, 6, 3)),
        new(new MaxPool<T>(new(3, 2), new(2, 1)), new(7, 5, 9)),
        new(new MaxPool<T>(new(3, 3), new(2, 2), Padding.SameSize), new(6, 5, 2)),
        new(new MaxPool<T>(new(10, 10)), new(20, 20, 1)),
    ];

    /// <summary>One winner per output: the bits of its offset in the sample, channel not counted.</summary>
    public override int StateLength => Output.Length;

    /// <inheritdoc/>
    public override IntegerForm? IntegerForm => new OperatorForm(MaxPool.Code, OwnFields.Of(Window));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Forward(LayerWorkspace<T> work)
    {
        // Vectors run over the channels and hang over the last one: the next position overwrites what they leave there.
        int channels = Input.Channels, row = Input.Width * channels, lanes = Vector256<T>.Count;
        T* output = work.Output, winners = work.State;
        for (var sample = 0; sample < work.Count; sample++)
        {
            var input = work.Input + (nint)sample * Input.Length;
            foreach (var (top, bottom) in Rows)
            {
                foreach (var (left, right) in Columns)
                {
                    for (var channel = 0; channel < channels; channel += lanes)
                    {
                        var start = top * row + left * channels;
                        var best = Vector256.Load(input + start + channel);
                        var winner = OffsetBits(start);
                        for (var y = top; y < bottom; y++, start += row)
                        {
                            var end = start + (right - left) * channels;
                            for (var offset = start; offset < end; offset += channels)
                            {
                                var value = Vector256.Load(input + offset + channel);
                                var better = Vector256.GreaterThan(value, best);
                                best = Vector256.ConditionalSelect(better, value, best);
                                winner = Vector256.ConditionalSelect(better, OffsetBits(offset), winner);
                            }
                        }

                        best.Store(output + channel);
                        winner.Store(winners + channel);
                    }

                    output += channels;
                    winners += channels;
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
        new Span<T>(work.InputGradient, work.Count * Input.Length).Clear();
        int channels = Input.Channels, positions = Window.Positions;
        T* delta = work.OutputGradient, winners = work.State;
        for (var sample = 0; sample < work.Count; sample++)
        {
            var gradient = work.InputGradient + (nint)sample * Input.Length;
            for (var position = 0; position < positions; position++)
            {
                for (var channel = 0; channel < channels; channel++, delta++, winners++)
                    gradient[*(int*)winners + channel] += *delta;
            }
        }
    }

    /// <summary>An offset as the low bits of every lane: it only passes through the vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<T> OffsetBits(int offset) =>
        sizeof(T) == sizeof(int) ? Vector256.Create(offset).As<int, T>() : Vector256.Create((long)offset).As<long, T>();
}
