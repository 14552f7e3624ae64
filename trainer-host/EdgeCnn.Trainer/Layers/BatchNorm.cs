using System;
using System.Collections.Generic;
using System.Numerics;
using EdgeCnn.Trainer.Kinds;
using EdgeCnn.Trainer.Numerics;
using EdgeCnn.Trainer.Quantization;

namespace EdgeCnn.Trainer.Layers;

/// <summary>
/// Batch normalization (Ioffe &amp; Szegedy, Batch Normalization, 2015): per channel x̂ = (x − μ) / √(σ² + ε), y = γ·x̂ + β. In training μ
/// and σ² are mean and variance of the channel over all samples and places of the mini-batch; in inference they are running ones. It is
/// folded into the convolution before it when the network becomes integers.
/// </summary>
/// <remarks>
/// With N values per channel: running ← (1 − momentum)·running + momentum·batch, of the variance the unbiased N/(N − 1)·σ². Backward (the
/// same paper, section 3): ∂L/∂β = Σδ, ∂L/∂γ = Σδ·x̂, ∂L/∂x = γ/√(σ² + ε) · (δ − (1/N)·Σδ − x̂ · (1/N)·Σδ·x̂).
/// </remarks>
[Kind("batchNorm")]
public sealed unsafe class BatchNorm<T> : BatchLayer<T>, IHasExamples<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Line = 16;
    private int _stride;

    /// <summary>A batch normalization.</summary>
    /// <param name="momentum">Share of a mini-batch in the running statistics, from 0 to 1.</param>
    /// <param name="epsilon">Added to the variance, above 0.</param>
    public BatchNorm(double momentum = 0.1, double epsilon = 1e-5)
    {
        Momentum = Require.Within(momentum, 0, 1, nameof(momentum));
        Epsilon = Require.Above(epsilon, 0, nameof(epsilon));
    }

    /// <summary>Share of a mini-batch in the running statistics.</summary>
    public double Momentum { get; }

    /// <summary>Added to the variance.</summary>
    public double Epsilon { get; }

    /// <summary>γ, one per channel, 1 at first.</summary>
    public Parameter<T> Scale { get; private set; } = null!;

    /// <summary>Running mean, one per channel, 0 at first.</summary>
    public Parameter<T> Mean { get; private set; } = null!;

    /// <summary>Running variance, one per channel, 1 at first.</summary>
    public Parameter<T> Variance { get; private set; } = null!;

    /// <inheritdoc/>
    public static IEnumerable<LayerExample<T>> Examples =>
    [
        new(new BatchNorm<T>(), new(3, 2, 1)),
        new(new BatchNorm<T>(), new(2, 3, 5)),
        new(new BatchNorm<T>(0.3, 0.01), new(1, 3, 16)),
        new(new BatchNorm<T>(), new(1, 1, 19)),
    ];

    /// <inheritdoc/>
    public override IEnumerable<Parameter<T>> Parameters => [Scale, Bias!, Mean, Variance];

    /// <inheritdoc/>
    public override IntegerForm? IntegerForm => new AffineForm(InferenceFactors);

    /// <summary>Per channel a reference value K, Σ(x − K) and Σ(x − K)²; backward Σδ and Σδ·(x − μ).</summary>
    public override int MeasureLength => 3 * _stride;

    /// <summary>Per channel μ, γ/√(σ² + ε), 1/√(σ² + ε); backward (1/N)·Σδ and (1/N)·Σδ·x̂/√(σ² + ε).</summary>
    public override int StatisticsLength => 5 * _stride;

    /// <inheritdoc/>
    public override bool BackwardRunsInPlace => true;

    /// <inheritdoc/>
    public override int ScratchLength => 2 * _stride;

    private int Positions => Output.Height * Output.Width;

    /// <summary>What y = scale·x + shift is in inference, per channel.</summary>
    public (double Scale, double Shift)[] InferenceFactors()
    {
        var factors = new (double, double)[Output.Channels];
        for (var c = 0; c < factors.Length; c++)
        {
            var scale = Double(Scale.Values[c]) * Inverse(Double(Variance.Values[c]));
            factors[c] = (scale, Double(Bias!.Values[c]) - Double(Mean.Values[c]) * scale);
        }

        return factors;
    }

    /// <inheritdoc/>
    public override void MeasureForward(LayerWorkspace<T> work)
    {
        T* reference = work.Batch!.MeasureOf(work.Shard), sum = reference + _stride;
        if (work.First == 0)
        {
            new Span<T>(work.Input, Output.Channels).CopyTo(new Span<T>(reference, _stride));
            new Span<T>(sum, 2 * _stride).Clear();
        }

        for (var sample = 0; sample < work.Count; sample++)
            ChannelSums.AddDeviations(
                work.Input + (nint)sample * Input.Length, Positions, Output.Channels, reference, sum, sum + _stride);
    }

    /// <summary>Chan, Golub &amp; LeVeque's rule joins mean and Σ(x − mean)² of the shards, in double precision.</summary>
    public override void CombineForward(BatchStatistics<T> batch)
    {
        var statistics = batch.Values;
        for (var c = 0; c < Output.Channels; c++)
        {
            double count = 0, mean = 0, squares = 0;
            for (var shard = 0; shard < batch.Shards; shard++)
            {
                var measure = batch.MeasureOf(shard) + c;
                double n = batch.SamplesOf(shard) * Positions, sum = Double(measure[_stride]);
                var difference = Double(measure[0]) + sum / n - mean;
                squares += Double(measure[2 * _stride]) - sum * sum / n + difference * difference * (count * n / (count + n));
                count += n;
                mean += difference * (n / count);
            }

            var variance = Math.Max(squares, 0) / count;
            var inverse = Inverse(variance);
            statistics[c] = T.CreateTruncating(mean);
            statistics[_stride + c] = T.CreateTruncating(Double(Scale.Values[c]) * inverse);
            statistics[2 * _stride + c] = T.CreateTruncating(inverse);
            Follow(ref Mean.Values[c], mean);
            Follow(ref Variance.Values[c], count > 1 ? variance * (count / (count - 1)) : variance);
        }
    }

    /// <inheritdoc/>
    public override void Forward(LayerWorkspace<T> work)
    {
        var by = FactorsOf(work);
        if (work.Batch is null)
        {
            for (var c = 0; c < Output.Channels; c++)
            {
                by.Mean[c] = Mean.Pointer[c];
                by.Factor[c] = T.CreateTruncating(Double(Scale.Pointer[c]) * Inverse(Double(Variance.Pointer[c])));
            }
        }

        work.Normalization.Forward(work.Input, work.Count * Positions, by, work.Output);
    }

    /// <inheritdoc/>
    public override void MeasureBackward(LayerWorkspace<T> work)
    {
        T* sum = work.Batch!.MeasureOf(work.Shard), product = sum + _stride;
        if (work.First == 0)
            new Span<T>(sum, 2 * _stride).Clear();
        var by = FactorsOf(work);
        for (var sample = 0; sample < work.Count; sample++)
        {
            var at = (nint)sample * Input.Length;
            work.Normalization.AddProducts(work.OutputGradient + at, work.Input + at, Positions, by, sum, product);
        }

        T* inverse = work.Batch.Values + 2 * _stride, scaleGradient = work.GradientOf(Scale), biasGradient = work.GradientOf(Bias!);
        for (var c = 0; c < Output.Channels; c++)
            (scaleGradient[c], biasGradient[c]) = (product[c] * inverse[c], sum[c]);
    }

    /// <inheritdoc/>
    public override void CombineBackward(BatchStatistics<T> batch)
    {
        T* inverse = batch.Values + 2 * _stride, meanDelta = batch.Values + 3 * _stride, slope = batch.Values + 4 * _stride;
        for (var c = 0; c < Output.Channels; c++)
        {
            double count = 0, sum = 0, product = 0;
            for (var shard = 0; shard < batch.Shards; shard++)
            {
                count += batch.SamplesOf(shard) * Positions;
                sum += Double(batch.MeasureOf(shard)[c]);
                product += Double(batch.MeasureOf(shard)[_stride + c]);
            }

            meanDelta[c] = T.CreateTruncating(sum / count);
            slope[c] = T.CreateTruncating(product / count * Double(inverse[c]) * Double(inverse[c]));
        }
    }

    /// <inheritdoc/>
    public override void Backward(LayerWorkspace<T> work)
    {
        if (work.InputGradient != null)
            work.Normalization.Backward(work.OutputGradient, work.Input, work.Count * Positions, FactorsOf(work), work.InputGradient);
    }

    /// <inheritdoc/>
    protected override Shape Configure(Shape input)
    {
        var channels = input.Channels;
        _stride = (channels + Line - 1) / Line * Line;
        Scale = new("scale", false, 1, 1, channels) { Start = 1 };
        Bias = new("bias", false, 1, 1, channels);
        Mean = new("mean", false, 1, 1, channels) { Trainable = false };
        Variance = new("variance", false, 1, 1, channels) { Trainable = false, Start = 1 };
        return input;
    }

    internal ChannelFactors<T> FactorsOf(LayerWorkspace<T> work)
    {
        var mean = work.Batch is { } batch ? batch.Values : work.Scratch;
        return new ChannelFactors<T>
        {
            Channels = Output.Channels,
            Mean = mean,
            Factor = mean + _stride,
            Bias = Bias!.Pointer,
            MeanDelta = mean + 3 * _stride,
            Slope = mean + 4 * _stride,
        };
    }

    private static double Double(T value) => double.CreateTruncating(value);

    private double Inverse(double variance) => 1 / Math.Sqrt(variance + Epsilon);

    private void Follow(ref T running, double batch) =>
        running = T.CreateTruncating((1 - Momentum) * Double(running) + Momentum * batch);
}
