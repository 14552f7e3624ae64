using System;

namespace EdgeCnn.Managed;

public sealed unsafe partial class EdgeModel
{
    private readonly RehearsalMemory? _rehearsal;

    /// <summary>Samples learned since the model was opened or <see cref="Reset"/>, those learned again included.</summary>
    public int LearnedSamples => LearnState.Step(Learning, _arena.Pointer);

    /// <summary>Loss of the last sample before it was learned, or when it was evaluated: cross-entropy in nats, 0 where the target was not a
    /// label; or half the sum of squared differences of integers.</summary>
    public double LastLoss => LearnFile.Loss(Learning) == LearnFile.CrossEntropy
        ? LearnState.Loss(ModelPointer, _arena.Pointer) / 65536.0
        : LearnState.Loss(ModelPointer, _arena.Pointer);

    /// <summary>How often the rate is halved; negative numbers double it.</summary>
    public int RateShift
    {
        get => LearnState.RateShift(Learning, _arena.Pointer);
        set => LearnState.SetRateShift(Learning, _arena.Pointer, value);
    }

    /// <summary>Elements of a target: those of the tensor that the loss compares.</summary>
    public int TargetElements => TensorRecord.Elements(Learning, LossTensor);

    /// <summary>Samples that the model keeps to learn again (<see cref="ModelOptions.Rehearsal"/>).</summary>
    public int KeptSamples => Kept.Count;

    /// <summary>How often the guard took back what was learned (<see cref="RehearsalOptions.GuardInterval"/>).</summary>
    public int UndoneByGuard => Kept.Undone;

    /// <summary>Bytes of the kept samples and of the guard's copy; 0 without them.</summary>
    public int RehearsalBytes => _rehearsal?.Bytes ?? 0;

    /// <summary>Learns the sample in the inputs: one step of integer SGD, and what <see cref="ModelOptions.Rehearsal"/> adds to it. The inputs
    /// may be gone afterwards. Allocates nothing.</summary>
    /// <param name="label">Its class.</param>
    /// <returns>What the model took it for before; without meaning after a rehearsal.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    /// <exception cref="InvalidOperationException">The model was not opened to learn, or its loss takes no labels.</exception>
    public int Learn(int label)
    {
        SetLabel(label);
        _rehearsal?.Offer(label);
        Learner.Step(ModelPointer, _arena.Pointer);
        int answer = LearnState.Answer(ModelPointer, _arena.Pointer);
        _rehearsal?.AfterSample();
        return answer;
    }

    /// <summary>Learns the sample in the inputs for a target that is no label. Rehearsal takes no part in it. Allocates nothing.</summary>
    /// <param name="target">With cross-entropy, the probability of each class, 0 to 1; with the squared error, the real value of each element
    /// of the output.</param>
    /// <returns>The largest element before.</returns>
    /// <exception cref="ArgumentException">There are not <see cref="TargetElements"/> numbers, or one is none, or no probability.</exception>
    /// <exception cref="InvalidOperationException">The model was not opened to learn.</exception>
    public int Learn(ReadOnlySpan<float> target)
    {
        SetTarget(target);
        Learner.Step(ModelPointer, _arena.Pointer);
        return LearnState.Answer(ModelPointer, _arena.Pointer);
    }

    /// <summary>Runs the sample in the inputs and compares it with its class; <see cref="LastLoss"/> is the loss. Learns nothing. The inputs
    /// may be gone afterwards. Allocates nothing.</summary>
    /// <returns>What the model takes it for.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    /// <exception cref="InvalidOperationException">The model was not opened to learn, or its loss takes no labels.</exception>
    public int Evaluate(int label)
    {
        SetLabel(label);
        Learner.Evaluate(ModelPointer, _arena.Pointer);
        return LearnState.Answer(ModelPointer, _arena.Pointer);
    }

    /// <summary>The same for a target that is no label.</summary>
    /// <exception cref="ArgumentException">There are not <see cref="TargetElements"/> numbers, or one is none, or no probability.</exception>
    /// <exception cref="InvalidOperationException">The model was not opened to learn.</exception>
    public int Evaluate(ReadOnlySpan<float> target)
    {
        SetTarget(target);
        Learner.Evaluate(ModelPointer, _arena.Pointer);
        return LearnState.Answer(ModelPointer, _arena.Pointer);
    }

    /// <summary>Offers the sample in the inputs to those that are kept, without learning it: what the model is not to forget.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    /// <exception cref="InvalidOperationException">The model was not opened with <see cref="ModelOptions.Rehearsal"/>.</exception>
    public void Remember(int label)
    {
        SetLabel(label);
        Kept.Offer(label);
    }

    /// <summary>Forgets everything learned and every delta. Samples that are kept stay.</summary>
    public void Reset()
    {
        Learner.Reset(Learning, _arena.Pointer, _file.Pointer);
        _rehearsal?.Keep();
    }

    private byte* Learning
    {
        get
        {
            ObjectDisposedException.ThrowIf(_arena.IsDisposed, this);
            return _learns ? ModelPointer : throw new InvalidOperationException("open the model with ModelOptions.Learns to let it learn");
        }
    }

    private RehearsalMemory Kept => _rehearsal is { } kept && !_arena.IsDisposed
        ? kept
        : throw new InvalidOperationException("open the model with ModelOptions.Rehearsal to let it keep samples");

    private int LossTensor => ModelFile.Tensor(ModelPointer, LearnFile.LossTensor(ModelPointer));

    private void SetLabel(int label)
    {
        byte* model = Learning;
        if (LearnFile.Loss(model) != LearnFile.CrossEntropy)
            throw new InvalidOperationException("the model learns with the squared error, which takes no labels; give it the target");
        ArgumentOutOfRangeException.ThrowIfNegative(label);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(label, TargetElements);
        LearnState.SetLabel(model, _arena.Pointer, label);
    }

    private void SetTarget(ReadOnlySpan<float> target)
    {
        byte* model = Learning;
        if (target.Length != TargetElements)
            throw new ArgumentException($"the target has {TargetElements} elements, not {target.Length}", nameof(target));
        bool probabilities = LearnFile.Loss(model) == LearnFile.CrossEntropy;
        foreach (float value in target)
            if (!(probabilities ? value is >= 0 and <= 1 : float.IsFinite(value)))
                throw new ArgumentException($"{value} is no {(probabilities ? "probability" : "number")}", nameof(target));
        float scale = probabilities ? 1f / (1 << LossGradient.TargetBits) : BitConverter.Int32BitsToSingle(TensorRecord.ScaleBits(model, LossTensor));
        int zeroPoint = probabilities ? 0 : TensorRecord.ZeroPoint(model, LossTensor);
        byte* to = _arena.Pointer + LearnFile.Target(model);
        for (int i = 0; i < target.Length; i++)
            Memory.SetInt16(to, 2 * i, (int)Math.Clamp(MathF.Round(target[i] / scale) + zeroPoint, short.MinValue, short.MaxValue));
        LearnState.SetLabel(model, _arena.Pointer, LearnState.TargetTensor);
    }
}
