using System.Collections.Generic;

namespace EdgeCnn.Pi.Pipeline;

/// <summary>What was seen in one frame, in memory that the next ones use again.</summary>
internal sealed class Reading
{
    /// <summary>No steady label.</summary>
    public const int None = -1;

    /// <summary>Which frame since the start.</summary>
    public long Frame { get; set; }

    /// <summary>When the frame was complete, in ticks of <see cref="System.Diagnostics.Stopwatch"/>.</summary>
    public long CapturedAt { get; set; }

    /// <summary>Whether a newer frame is of more use than this one.</summary>
    public bool IsLive { get; set; }

    /// <summary>The label with the largest score; <see cref="None"/> when nothing was classified.</summary>
    public int Best { get; set; } = None;

    /// <summary>The steady label, or <see cref="None"/>.</summary>
    public int Label { get; set; } = None;

    /// <summary>Names of the labels.</summary>
    public IReadOnlyList<string> Labels { get; private set; } = [];

    /// <summary>Scores of this frame, in 1/256.</summary>
    public byte[] Scores { get; private set; } = [];

    /// <summary>Scores averaged over the last frames, in 1/2¹⁶.</summary>
    public int[] Means { get; private set; } = [];

    /// <summary>Name of the steady label; null without one.</summary>
    public string? LabelName => Label < 0 ? null : Labels[Label];

    /// <summary>Makes room for a model's scores. Allocates only when another model came.</summary>
    public void Begin(Engine engine) => Begin(engine.Labels);

    /// <inheritdoc cref="Begin(Engine)"/>
    public void Begin(IReadOnlyList<string> labels)
    {
        Labels = labels;
        if (Scores.Length == labels.Count) return;
        Scores = new byte[labels.Count];
        Means = new int[labels.Count];
    }

    /// <summary>Takes over what another reading says.</summary>
    public void Copy(Reading other)
    {
        Begin(other.Labels);
        (Frame, CapturedAt, IsLive, Best, Label) = (other.Frame, other.CapturedAt, other.IsLive, other.Best, other.Label);
        other.Scores.CopyTo(Scores, 0);
        other.Means.CopyTo(Means, 0);
    }
}
