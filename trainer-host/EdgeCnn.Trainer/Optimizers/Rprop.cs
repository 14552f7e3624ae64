using System.Collections.Generic;
using System.Numerics;
using System.Runtime.Intrinsics;
using EdgeCnn.Trainer.Kinds;

namespace EdgeCnn.Trainer.Optimizers;

/// <summary>
/// Resilient propagation (Riedmiller and Braun, 1993, without weight backtracking): every value has a step size Δ of its own, at first the
/// learning rate. Where the gradient keeps its sign, Δ ← min(increase·Δ, largest); where it changes, Δ ← max(decrease·Δ, smallest) and the
/// value rests for one step. w ← w − sign(gradient)·Δ. Later rates don't matter.
/// </summary>
/// <param name="increase">Factor while the sign stays, 1 or more.</param>
/// <param name="decrease">Factor when the sign changes, from 0 to 1.</param>
/// <param name="smallest">Smallest step, above 0.</param>
/// <param name="largest">Largest step.</param>
[Kind("rprop")]
public sealed class Rprop<T>(double increase = 1.2, double decrease = 0.5, double smallest = 1e-6, double largest = 50)
    : ElementwiseOptimizer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T _increase = T.CreateTruncating(Require.AtLeast(increase, 1, nameof(increase)));
    private readonly T _decrease = T.CreateTruncating(Require.Within(decrease, 0, 1, nameof(decrease)));
    private readonly T _smallest = T.CreateTruncating(Require.Above(smallest, 0, nameof(smallest)));
    private readonly T _largest = T.CreateTruncating(Require.AtLeast(largest, smallest, nameof(largest)));

    /// <inheritdoc/>
    public override IReadOnlyList<string> Slots { get; } = ["gradient", "steps"];

    /// <inheritdoc/>
    public override bool NeedsFullBatch => true;

    /// <inheritdoc/>
    public override void Update(UpdateRange<T> range)
    {
        if (range.Step == 1)
            range.Slot(1).Fill(range.Rate);
        UpdateLoop.Run(range, new Rule(_increase, _decrease, _smallest, _largest));
    }

    private readonly struct Rule(T increase, T decrease, T smallest, T largest) : IUpdateRule<T>
    {
        public static int Slots => 2;

        public void Apply(ref Vector256<T> w, Vector256<T> g, ref Vector256<T> previous, ref Vector256<T> steps)
        {
            var product = g * previous;
            var turned = Vector256.LessThan(product, Vector256<T>.Zero);
            var kept = Vector256.GreaterThan(product, Vector256<T>.Zero);
            var factor = Vector256.ConditionalSelect(
                kept, Vector256.Create(increase), Vector256.ConditionalSelect(turned, Vector256.Create(decrease), Vector256<T>.One));
            steps = Vector256.Min(Vector256.Max(steps * factor, Vector256.Create(smallest)), Vector256.Create(largest));
            previous = Vector256.AndNot(g, turned);
            w -= Vector256.GreaterThan(previous, Vector256<T>.Zero) & steps;
            w += Vector256.LessThan(previous, Vector256<T>.Zero) & steps;
        }
    }
}
