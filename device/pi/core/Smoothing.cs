namespace EdgeCnn.Device;

/// <summary>
/// Steady labels from scores that flicker, in integers. Each score s is averaged over time, mean += (s − mean) / 2^Shift; a label is
/// shown from when its mean reaches <see cref="Enter"/> until another's does or its own falls below <see cref="Leave"/>. Enter above one
/// half lets one label at a time have it; the distance to Leave keeps it from flickering (hysteresis).
/// </summary>
public unsafe struct Smoothing
{
    /// <summary>No label is shown.</summary>
    public const int None = -1;

    /// <summary>Most labels.</summary>
    public const int MaxLabels = 1024;

    /// <summary>1 in the scale of means and limits: a score of 256.</summary>
    public const int One = 1 << 16;

    private fixed int _means[MaxLabels];
    private int _labels;

    /// <summary>Frames that the average reaches back over: about 2^Shift, 0 to 8. 0 takes every frame by itself.</summary>
    public int Shift { get; private set; }

    /// <summary>Mean from which on a label is shown, in 1/2¹⁶.</summary>
    public int Enter { get; private set; }

    /// <summary>Mean below which it is no longer shown, at most <see cref="Enter"/>.</summary>
    public int Leave { get; private set; }

    /// <summary>The label that is shown, or <see cref="None"/>.</summary>
    public int Label { get; private set; }

    /// <summary>Starts with nothing shown and all means 0.</summary>
    /// <param name="labels">1 to <see cref="MaxLabels"/>.</param>
    /// <param name="shift">0 to 8.</param>
    /// <param name="enter">0 to <see cref="One"/>.</param>
    /// <param name="leave">0 to <paramref name="enter"/>.</param>
    public void Start(int labels, int shift = 2, int enter = 39322, int leave = 26214)
    {
        _labels = labels;
        Shift = shift;
        Enter = enter;
        Leave = leave;
        Label = None;
        for (int i = 0; i < labels; i++) _means[i] = 0;
    }

    /// <summary>Mean of a label in 1/2¹⁶.</summary>
    public readonly int Mean(int label) => _means[label];

    /// <summary>Adds the scores of a frame.</summary>
    /// <param name="classifier">After <see cref="Classifier.Run"/>; its output is int8 or uint8.</param>
    /// <returns><see cref="Label"/>.</returns>
    public int Add(Classifier* classifier)
    {
        for (int i = 0; i < _labels; i++) Move(i, classifier->Score(i));
        return Decide();
    }

    /// <summary>Adds a frame in which there is nothing to see or hear: all scores are 0.</summary>
    /// <returns><see cref="Label"/>.</returns>
    public int AddNothing()
    {
        for (int i = 0; i < _labels; i++) Move(i, 0);
        return Decide();
    }

    /// <summary>Moves one mean towards a score of 0 to 255 that stands for score/256, 255 for all of 1.</summary>
    public void Move(int label, int score)
    {
        int target = (score << 8) + (score >= 255 ? 256 : 0);
        _means[label] += ((target - _means[label]) + (Shift > 0 ? 1 << (Shift - 1) : 0)) >> Shift;
    }

    /// <summary>Decides what is shown, after <see cref="Move"/> for every label.</summary>
    public int Decide()
    {
        int best = 0;
        for (int i = 1; i < _labels; i++)
            if (_means[i] > _means[best]) best = i;
        if (_means[best] >= Enter) Label = best;
        else if (Label != None && _means[Label] < Leave) Label = None;
        return Label;
    }
}
