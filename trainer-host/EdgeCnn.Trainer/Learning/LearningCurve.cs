using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using EdgeCnn.Trainer.Data;

namespace EdgeCnn.Trainer.Learning;

/// <summary>How a learner gets on.</summary>
/// <param name="Step">Samples learned.</param>
/// <param name="Accuracy">Share of the test images that it knows.</param>
/// <param name="Loss">Their mean cross-entropy.</param>
public sealed record CurvePoint(int Step, double Accuracy, double Loss);

/// <summary>Learns for a number of steps and looks now and then how well it goes.</summary>
/// <param name="samples">What is learned, in an order drawn anew for every pass.</param>
/// <param name="test">What is asked.</param>
/// <param name="steps">Samples to learn.</param>
/// <param name="seed">What the order is drawn from.</param>
public sealed class LearningCurve(Dataset samples, Dataset test, int steps, ulong seed)
{
    private const int Points = 10;

    /// <summary>The points, the first before anything is learned.</summary>
    /// <param name="learner">Who learns.</param>
    /// <param name="seen">Told about every point as it comes.</param>
    /// <param name="cancellation">Ends it early.</param>
    public IReadOnlyList<CurvePoint> Run(ISampleLearner learner, Action<CurvePoint>? seen = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(learner);
        List<CurvePoint> points = [];
        void Look(int step)
        {
            (double accuracy, double loss) = learner.Evaluate(test);
            points.Add(new CurvePoint(step, accuracy, loss));
            seen?.Invoke(points[^1]);
        }

        Look(0);
        int step = 0;
        foreach (int sample in SampleOrder.Of(samples.Count, seed).Take(steps))
        {
            cancellation.ThrowIfCancellationRequested();
            learner.Learn(samples, sample);
            step++;
            if ((long)step * Points / steps > (long)(step - 1) * Points / steps) Look(step);
        }
        return points;
    }
}
