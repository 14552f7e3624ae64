using System;
using System.Collections.Generic;
using System.Numerics;
using EdgeCnn.Trainer.Kinds;
using EdgeCnn.Trainer.Layers;

namespace EdgeCnn.Trainer.Training;

/// <summary>
/// What is added to the mean loss to keep weights small: Σ (l1·|w| + ½·l2·w²) over the parameters that decay, and Σ
/// <see cref="Parameter{T}.L1"/>·|w| over those that have a penalty of their own. Its gradient is l1·sign(w) + l2·w. Losses that are
/// reported don't hold it.
/// </summary>
public sealed class Regularization
{
    /// <summary>Sets the strengths.</summary>
    /// <param name="l1">Strength of the absolute values, 0 or more: drives weights to 0.</param>
    /// <param name="l2">Strength of the squares, 0 or more: keeps weights small.</param>
    public Regularization(double l1 = 0, double l2 = 0) =>
        (L1, L2) = (Require.AtLeast(l1, 0, nameof(l1)), Require.AtLeast(l2, 0, nameof(l2)));

    /// <summary>Strength of the absolute values.</summary>
    public double L1 { get; }

    /// <summary>Strength of the squares.</summary>
    public double L2 { get; }

    /// <summary>The penalty of all parameters that train.</summary>
    public double Penalty<T>(IReadOnlyList<Parameter<T>> parameters)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(parameters);
        double sum = 0;
        for (var i = 0; i < parameters.Count; i++)
        {
            var parameter = parameters[i];
            var (l1, l2) = StrengthsOf(parameter);
            if (!parameter.Trainable || (l1 == 0 && l2 == 0))
                continue;
            foreach (var value in parameter.Values)
            {
                var w = double.CreateTruncating(value);
                sum += l1 * Math.Abs(w) + 0.5 * l2 * w * w;
            }
        }

        return sum;
    }

    /// <summary>Adds the penalty's gradient for a range of <paramref name="parameter"/>.</summary>
    internal void AddGradient<T>(Parameter<T> parameter, ReadOnlySpan<T> values, Span<T> gradient)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (l1, l2) = StrengthsOf(parameter);
        if (l2 != 0)
            Numerics.Vectors.Add(l2, values, gradient);
        if (l1 == 0)
            return;
        var strength = T.CreateTruncating(l1);
        for (var i = 0; i < values.Length; i++)
        {
            if (!T.IsZero(values[i]))
                gradient[i] += T.CopySign(strength, values[i]);
        }
    }

    private (double L1, double L2) StrengthsOf<T>(Parameter<T> parameter)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => parameter.Decays ? (L1 + parameter.L1, L2) : (parameter.L1, 0);
}
