using System;
using System.Collections.Generic;
using System.Numerics;
using System.Runtime.Intrinsics;
using EdgeCnn.Trainer.Kinds;
using EdgeCnn.Trainer.Numerics;

namespace EdgeCnn.Trainer.Optimizers;

/// <summary>The step that <see cref="Adam{T}"/> and <see cref="AdamW{T}"/> share.</summary>
internal sealed class AdamMoments(double beta1, double beta2, double epsilon)
{
    private readonly double _beta1 = Below1(beta1, nameof(beta1));
    private readonly double _beta2 = Below1(beta2, nameof(beta2));
    private readonly double _epsilon = Require.Above(epsilon, 0, nameof(epsilon));

    public static IReadOnlyList<string> Slots { get; } = ["means", "squares"];

    /// <summary>The rule of one step, in which values first lose <paramref name="decay"/> of themselves.</summary>
    public Rule<T> RuleOf<T>(UpdateRange<T> range, T decay)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var meanScale = 1 / (1 - Elementary.Power(_beta1, range.Step));
        var rootScale = Math.Sqrt(1 / (1 - Elementary.Power(_beta2, range.Step)));
        return new Rule<T>(
            T.CreateTruncating(_beta1), T.CreateTruncating(1 - _beta1), T.CreateTruncating(_beta2), T.CreateTruncating(1 - _beta2),
            T.CreateTruncating(_epsilon),
            range.Rate * T.CreateTruncating(meanScale), T.CreateTruncating(rootScale), decay);
    }

    private static double Below1(double value, string name) =>
        value is >= 0 and < 1
            ? value
            : throw Require.Refuse(name, FormattableString.Invariant($"{value} is not allowed; use a number from 0 to below 1"));

    internal readonly struct Rule<T>(T beta1, T fresh1, T beta2, T fresh2, T epsilon, T meanScale, T rootScale, T decay) : IUpdateRule<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public static int Slots => 2;

        public void Apply(ref Vector256<T> w, Vector256<T> g, ref Vector256<T> means, ref Vector256<T> squares)
        {
            means = Vector256.Create(beta1) * means + Vector256.Create(fresh1) * g;
            squares = Vector256.Create(beta2) * squares + Vector256.Create(fresh2) * g * g;
            var divisor = Vector256.Sqrt(squares) * Vector256.Create(rootScale) + Vector256.Create(epsilon);
            w = w - Vector256.Create(decay) * w - Vector256.Create(meanScale) * means / divisor;
        }
    }
}
