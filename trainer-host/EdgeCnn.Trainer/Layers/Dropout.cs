using System;
using System.Collections.Generic;
using System.Numerics;
using EdgeCnn.Trainer.Kinds;
using EdgeCnn.Trainer.Quantization;

namespace EdgeCnn.Trainer.Layers;

/// <summary>
/// Inverted dropout (Srivastava et al., 2014): while training, every value is 0 with probability <paramref name="rate"/> and else divided
/// by 1 − rate, so that its mean stays; otherwise y = x. Backward, δ takes the same way.
/// </summary>
/// <param name="rate">Share of the values that are dropped, from 0 to below 1.</param>
[Kind("dropout")]
public sealed unsafe class Dropout<T>(double rate = 0.5) : Layer<T>, IHasExamples<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly uint _threshold = (uint)Math.Round(Below1(rate) * uint.MaxValue);
    private readonly T _scale = T.CreateTruncating(1 / (1 - rate));

    /// <inheritdoc/>
    public static IEnumerable<LayerExample<T>> Examples => [new(new Dropout<T>(), new(3, 5, 3)), new(new Dropout<T>(0.2), new(2, 2, 2))];

    /// <inheritdoc/>
    public override bool RunsInPlace => true;

    /// <inheritdoc/>
    public override IntegerForm? IntegerForm => new ClampForm(double.NegativeInfinity, double.PositiveInfinity);

    /// <inheritdoc/>
    public override void Forward(LayerWorkspace<T> work) => Drop(work, work.Input, work.Output);

    /// <inheritdoc/>
    public override void Backward(LayerWorkspace<T> work)
    {
        if (work.InputGradient != null)
            Drop(work, work.OutputGradient, work.InputGradient);
    }

    /// <inheritdoc/>
    protected override Shape Configure(Shape input) => input;

    private static double Below1(double rate) =>
        rate is >= 0 and < 1
            ? rate
            : throw Require.Refuse(nameof(rate), FormattableString.Invariant($"{rate} is not allowed; use a number from 0 to below 1"));

    /// <summary>Every draw decides about two values.</summary>
    private void Drop(LayerWorkspace<T> work, T* from, T* to)
    {
        if (work.Moment is null)
        {
            if (from != to)
                new Span<T>(from, work.Count * Input.Length).CopyTo(new Span<T>(to, work.Count * Input.Length));
            return;
        }

        for (var sample = 0; sample < work.Count; sample++, from += Input.Length, to += Input.Length)
        {
            var random = work.RandomOf(sample);
            for (var i = 0; i < Input.Length; i += 2)
            {
                var bits = random.Next();
                to[i] = (uint)bits < _threshold ? T.Zero : from[i] * _scale;
                if (i + 1 < Input.Length)
                    to[i + 1] = (uint)(bits >> 32) < _threshold ? T.Zero : from[i + 1] * _scale;
            }
        }
    }
}
