using System;

namespace EdgeCnn.Managed;

public sealed unsafe partial class EdgeModel
{
    /// <summary>Samples learned since the model was opened or <see cref="Reset"/>.</summary>
    public int LearnedSamples => LearnState.Step(Learning, _arena.Pointer);

    /// <summary>Loss of the last sample before it was learned: cross-entropy in nats, or the sum of squared differences of integers.</summary>
    public double LastLoss => LearnFile.Loss(Learning) == LearnFile.CrossEntropy
        ? LearnState.Loss(ModelPointer, _arena.Pointer) / 65536.0
        : LearnState.Loss(ModelPointer, _arena.Pointer);

    /// <summary>How often the rate is halved; negative numbers double it.</summary>
    public int RateShift
    {
        get => LearnState.RateShift(Learning, _arena.Pointer);
        set => LearnState.SetRateShift(Learning, _arena.Pointer, value);
    }

    /// <summary>Learns the sample in the inputs: one step of integer SGD. The inputs may be gone afterwards. Allocates nothing.</summary>
    /// <param name="label">Its class.</param>
    /// <returns>What the model took it for before.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    /// <exception cref="InvalidOperationException">The model was not opened to learn.</exception>
    public int Learn(int label)
    {
        byte* model = Learning;
        ArgumentOutOfRangeException.ThrowIfNegative(label);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(label, TensorRecord.Elements(model, ModelFile.Tensor(model, LearnFile.LossTensor(model))));
        LearnState.SetLabel(model, _arena.Pointer, label);
        Learner.Step(model, _arena.Pointer);
        return LearnState.Answer(model, _arena.Pointer);
    }

    /// <summary>Forgets everything learned.</summary>
    public void Reset() => Learner.Reset(Learning, _arena.Pointer, _file.Pointer);

    private byte* Learning
    {
        get
        {
            ObjectDisposedException.ThrowIf(_arena.IsDisposed, this);
            return _learns ? ModelPointer : throw new InvalidOperationException("open the model with ModelOptions.Learns to let it learn");
        }
    }
}
