using System;
using System.Collections.Generic;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using EdgeCnn.Trainer.Layers;

namespace EdgeCnn.Trainer.Quantization.Aware;

/// <summary>
/// Activations as int8 will hold them: y = scale · (clamp(round(x/scale) + zeroPoint, −128, 127) − zeroPoint). The range that the steps
/// cover follows smallest and largest value of the mini-batches as moving averages, until it is frozen.
/// </summary>
/// <remarks>
/// Backward is the straight-through estimator (Bengio, Léonard and Courville, Estimating or Propagating Gradients Through Stochastic
/// Neurons, 2013), as Jacob et al. (Quantization and Training of Neural Networks for Efficient Integer-Arithmetic-Only Inference, 2018)
/// use it: ∂y/∂x = 1 where x is inside the range, and 0 where it saturates.
/// </remarks>
/// <param name="averaging">Share of a mini-batch in the moving averages, 0 … 1.</param>
public sealed unsafe class FakeQuantize<T>(double averaging = 0.05) : BatchLayer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Low = 0, High = 1;

    /// <summary>Smallest and largest value; both 0 as long as nothing was seen.</summary>
    public Parameter<T> Range { get; private set; } = null!;

    /// <summary>Whether the range stays as it is.</summary>
    public bool IsFrozen { get; set; }

    /// <summary>The quantization that the range makes.</summary>
    public QuantizationParameters Quantization => QuantizationParameters.Covering(Double(Range.Values[Low]), Double(Range.Values[High]));

    /// <inheritdoc/>
    public override IEnumerable<Parameter<T>> Parameters => [Range];

    /// <summary>Smallest and largest value of a shard.</summary>
    public override int MeasureLength => 2;

    /// <summary>None: all is in <see cref="Range"/>.</summary>
    public override int StatisticsLength => 0;

    /// <inheritdoc/>
    public override void MeasureForward(LayerWorkspace<T> work)
    {
        if (IsFrozen)
            return;
        T* measure = work.Batch!.MeasureOf(work.Shard);
        var (smallest, largest) = work.First == 0 ? (work.Input[0], work.Input[0]) : (measure[Low], measure[High]);
        foreach (T x in new ReadOnlySpan<T>(work.Input, work.Count * Input.Length))
        {
            smallest = x < smallest ? x : smallest;
            largest = x > largest ? x : largest;
        }
        (measure[Low], measure[High]) = (smallest, largest);
    }

    /// <inheritdoc/>
    public override void CombineForward(BatchStatistics<T> batch)
    {
        if (IsFrozen)
            return;
        T smallest = batch.MeasureOf(0)[Low], largest = batch.MeasureOf(0)[High];
        for (int shard = 1; shard < batch.Shards; shard++)
        {
            smallest = T.Min(smallest, batch.MeasureOf(shard)[Low]);
            largest = T.Max(largest, batch.MeasureOf(shard)[High]);
        }
        if (!T.IsFinite(smallest) || !T.IsFinite(largest))
            return;   // The loss will tell that the network has diverged.
        bool isFirst = Range.Values[Low] == Range.Values[High];
        T share = isFirst ? T.One : T.CreateTruncating(averaging);
        Range.Values[Low] += share * (smallest - Range.Values[Low]);
        Range.Values[High] += share * (largest - Range.Values[High]);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Forward(LayerWorkspace<T> work)
    {
        var (scale, lowest, highest) = Steps();
        nint total = (nint)work.Count * Input.Length;
        for (nint i = 0; i < total; i += Vector256<T>.Count)
        {
            Vector256<T> steps = Rounded(Vector256.Load(work.Input + i) / scale);
            (scale * Vector256.Min(Vector256.Max(steps, lowest), highest)).Store(work.Output + i);
        }
    }

    /// <inheritdoc/>
    public override void MeasureBackward(LayerWorkspace<T> work)
    {
    }

    /// <inheritdoc/>
    public override void CombineBackward(BatchStatistics<T> batch)
    {
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Backward(LayerWorkspace<T> work)
    {
        if (work.InputGradient == null)
            return;
        var (scale, lowest, highest) = Steps();
        nint total = (nint)work.Count * Input.Length;
        for (nint i = 0; i < total; i += Vector256<T>.Count)
        {
            Vector256<T> steps = Rounded(Vector256.Load(work.Input + i) / scale);
            Vector256<T> inside = Vector256.GreaterThanOrEqual(steps, lowest) & Vector256.LessThanOrEqual(steps, highest);
            (inside & Vector256.Load(work.OutputGradient + i)).Store(work.InputGradient + i);
        }
    }

    /// <inheritdoc/>
    protected override Shape Configure(Shape input)
    {
        Range = new("range", false, 1, 1, 2) { Trainable = false };
        return input;
    }

    /// <summary>The real value of a step, and the smallest and largest number of steps from 0 that int8 holds.</summary>
    private (Vector256<T> Scale, Vector256<T> Lowest, Vector256<T> Highest) Steps()
    {
        var (scale, zeroPoint) = Quantization;
        return (Of(scale), Of(sbyte.MinValue - zeroPoint), Of(sbyte.MaxValue - zeroPoint));

        static Vector256<T> Of(double value) => Vector256.Create(T.CreateTruncating(value));
    }

    /// <summary>
    /// To the nearest whole number, by a number so large that its neighbours are 1 apart. What lies far outside of int8 stays there.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<T> Rounded(Vector256<T> x)
    {
        var large = Vector256.Create(T.CreateTruncating(sizeof(T) == sizeof(float) ? 1.5 * (1 << 23) : 1.5 * (1L << 52)));
        return x + large - large;
    }

    private static double Double(T value) => double.CreateTruncating(value);
}
