using EdgeCnn.Trainer.Kinds;

namespace EdgeCnn.Trainer.Layers;

/// <summary>How a layer's parameters train. In a recipe these settings stand beside the layer's own.</summary>
public sealed class ParameterSettings
{
    /// <summary>Settings of one layer.</summary>
    /// <param name="rateFactor">What the learning rate is multiplied by in this layer, 0 or more.</param>
    /// <param name="biasRateFactor">The same for biases, besides <paramref name="rateFactor"/>.</param>
    /// <param name="decay">Whether weight decay and other penalties pull at the weights; they never do at biases.</param>
    /// <param name="trainable">False to keep all parameters as they are.</param>
    public ParameterSettings(double rateFactor = 1, double biasRateFactor = 1, bool decay = true, bool trainable = true)
    {
        Rate = Require.AtLeast(rateFactor, 0, nameof(rateFactor));
        BiasRate = Require.AtLeast(biasRateFactor, 0, nameof(biasRateFactor));
        (Decay, Trainable) = (decay, trainable);
    }

    /// <summary>What the learning rate is multiplied by.</summary>
    public double Rate { get; }

    /// <summary>What the learning rate of biases is multiplied by, besides.</summary>
    public double BiasRate { get; }

    /// <summary>Whether the weights decay.</summary>
    public bool Decay { get; }

    /// <summary>Whether the parameters train at all.</summary>
    public bool Trainable { get; }

    internal void ApplyTo<T>(Parameter<T> parameter)
        where T : unmanaged
    {
        parameter.RateMultiplier = parameter.IsWeight ? Rate : Rate * BiasRate;
        parameter.Decays &= Decay;
        parameter.Trainable &= Trainable;
    }
}
