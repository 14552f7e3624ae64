using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using EdgeCnn.Trainer.Kinds;
using EdgeCnn.Trainer.Numerics;

namespace EdgeCnn.Trainer.Optimizers;

/// <summary>
/// Limited-memory BFGS (Nocedal, 1980; Nocedal and Wright, <i>Numerical optimization</i>, algorithm 7.4): uses curvature. From the last
/// <paramref name="memory"/> pairs s = change of the values, y = change of the gradient it makes the direction −H·gradient, H being an
/// estimate of the inverse of the second derivatives, and goes along it by a line search with the strong Wolfe conditions.
/// </summary>
/// <remarks>
/// Every training step is one evaluation of the loss: it either ends a line search and begins the next one, or tries another step length.
/// The learning rate multiplies the first trial of each search, so 1 is right; rate multipliers of parameters don't count.
/// </remarks>
/// <param name="memory">Pairs that are remembered, 1 or more.</param>
[Kind("lbfgs")]
public sealed class LBfgs<T>(int memory = 10) : VectorOptimizer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int StartSlot = 0;
    private const int GradientSlot = 1;
    private const int DirectionSlot = 2;
    private const int FirstPairSlot = 3;
    private const double LeastCurvature = 1e-10;

    private readonly int _memory = Require.AtLeast(memory, 1, nameof(memory));

    // Whether a search is under way, pairs held, pairs ever made, the search itself; then products sᵀy and the weights of the recursion.
    private readonly double[] _numbers = new double[3 + LineSearch.NumberCount + 2 * memory];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Slots { get; } =
    [
        "start", "gradient", "direction",
        .. Enumerable.Range(0, memory).SelectMany(pair => new[] { $"step{pair}", $"gradientChange{pair}" }),
    ];

    /// <inheritdoc/>
    public override bool NeedsFullBatch => true;

    /// <inheritdoc/>
    public override Span<double> Numbers => _numbers;

    private ref double IsSearching => ref _numbers[0];

    private ref double Held => ref _numbers[1];

    private ref double Made => ref _numbers[2];

    private LineSearch Search => new(_numbers.AsSpan(3, LineSearch.NumberCount));

    private Span<double> Products => _numbers.AsSpan(3 + LineSearch.NumberCount, _memory);

    private Span<double> Weights => _numbers.AsSpan(3 + LineSearch.NumberCount + _memory, _memory);

    /// <inheritdoc/>
    public override void Update(VectorStep<T> all)
    {
        if (IsSearching != 0)
        {
            switch (Search.Feed(all.Loss, Dot(all, all.Gradient, all.Slot(DirectionSlot))))
            {
                case LineSearchVerdict.Continue:
                    MoveTo(all, Search.Step);
                    return;
                case LineSearchVerdict.Accept:
                    Remember(all);
                    break;
                default:
                    // The pairs misled: back to where the search began, whose gradient the next step computes again.
                    MoveTo(all, 0);
                    (Held, IsSearching) = (0, 0);
                    return;
            }
        }

        Begin(all);
    }

    /// <summary>Begins a search from the present values.</summary>
    private void Begin(VectorStep<T> step)
    {
        var direction = step.Slot(DirectionSlot);
        Direction(step);
        var slope = Dot(step, step.Gradient, direction);
        if (!(slope < 0))
        {
            Held = 0;
            Direction(step);
            slope = Dot(step, step.Gradient, direction);
        }

        if (slope == 0)
        {
            IsSearching = 0;
            return;
        }

        step.Values.CopyTo(step.Slot(StartSlot));
        step.Gradient.CopyTo(step.Slot(GradientSlot));
        // Without curvature nothing is known of the right length: a step of at most 1.
        var first = Held > 0 ? 1 : Math.Min(1, 1 / Math.Sqrt(-slope));
        Search.Begin(step.Loss, slope, first * step.Rate);
        IsSearching = 1;
        MoveTo(step, Search.Step);
    }

    /// <summary>values = start + t·direction.</summary>
    private static void MoveTo(VectorStep<T> step, double t)
    {
        foreach (var (start, length) in step.Pieces)
        {
            step.Slot(StartSlot).Slice(start, length).CopyTo(step.Values.Slice(start, length));
            Vectors.Add<T>(t, step.Slot(DirectionSlot).Slice(start, length), step.Values.Slice(start, length));
        }
    }

    /// <summary>Keeps the pair of the search that ended, if it is curved upward.</summary>
    private void Remember(VectorStep<T> step)
    {
        var pair = (int)(Made % _memory);
        Span<T> s = Step(step, pair), y = Change(step, pair);
        step.Values.CopyTo(s);
        step.Gradient.CopyTo(y);
        foreach (var (start, length) in step.Pieces)
        {
            Vectors.Add<T>(-1, step.Slot(StartSlot).Slice(start, length), s.Slice(start, length));
            Vectors.Add<T>(-1, step.Slot(GradientSlot).Slice(start, length), y.Slice(start, length));
        }

        Products[pair] = Dot(step, s, y);
        if (!(Products[pair] > LeastCurvature * Dot(step, y, y)))
        {
            // The overwritten pair was the oldest one.
            Held = Math.Min(Held, _memory - 1);
            return;
        }

        Made++;
        Held = Math.Min(Held + 1, _memory);
    }

    /// <summary>direction = −H·gradient by the two-loop recursion, H₀ being sᵀy/yᵀy of the latest pair.</summary>
    private void Direction(VectorStep<T> step)
    {
        var direction = step.Slot(DirectionSlot);
        direction.Clear();
        AddTo(step, -1, step.Gradient, direction);
        for (var age = 1; age <= Held; age++)
        {
            var pair = (int)((Made - age) % _memory);
            Weights[pair] = Dot(step, Step(step, pair), direction) / Products[pair];
            AddTo(step, -Weights[pair], Change(step, pair), direction);
        }

        if (Held > 0)
        {
            var latest = (int)((Made - 1) % _memory);
            var y = Change(step, latest);
            AddTo(step, Products[latest] / Dot(step, y, y) - 1, direction, direction);
        }

        for (var age = (int)Held; age >= 1; age--)
        {
            var pair = (int)((Made - age) % _memory);
            var weight = Weights[pair] - Dot(step, Change(step, pair), direction) / Products[pair];
            AddTo(step, weight, Step(step, pair), direction);
        }
    }

    private static Span<T> Step(VectorStep<T> step, int pair) => step.Slot(FirstPairSlot + 2 * pair);

    private static Span<T> Change(VectorStep<T> step, int pair) => step.Slot(FirstPairSlot + 2 * pair + 1);

    private static double Dot(VectorStep<T> step, ReadOnlySpan<T> a, ReadOnlySpan<T> b)
    {
        double sum = 0;
        foreach (var (start, length) in step.Pieces)
            sum += Vectors.Dot(a.Slice(start, length), b.Slice(start, length));
        return sum;
    }

    private static void AddTo(VectorStep<T> step, double factor, ReadOnlySpan<T> x, Span<T> y)
    {
        foreach (var (start, length) in step.Pieces)
            Vectors.Add(factor, x.Slice(start, length), y.Slice(start, length));
    }
}
