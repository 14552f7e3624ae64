using System.Numerics;
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
    /// <param name="bias">False to keep the bias at 0: before a batch normalization, which has one of its own, it changes nothing.</param>
    public ParameterSettings(
        double rateFactor = 1, double biasRateFactor = 1, bool decay = true, bool trainable = true, bool bias = true)
    {
        Rate = Require.AtLeast(rateFactor, 0, nameof(rateFactor));
        BiasRate = Require.AtLeast(biasRateFactor, 0, nameof(biasRateFactor));
        (Decay, Trainable, Bias) = (decay, trainable, bias);
    }

    /// <summary>What the learning rate is multiplied by.</summary>
    public double Rate { get; }

    /// <summary>What the learning rate of biases is multiplied by, besides.</summary>
    public double BiasRate { get; }

    /// <summary>Whether the weights decay.</summary>
    public bool Decay { get; }

    /// <summary>Whether the parameters train at all.</summary>
    public bool Trainable { get; }

    /// <summary>Whether the bias trains; it stays 0 otherwise.</summary>
    public bool Bias { get; }

    internal void ApplyTo<T>(Layer<T> layer)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach (var parameter in layer.Parameters)
            ApplyTo(parameter, Trainable && (Bias || parameter != layer.Bias));
    }

    private void ApplyTo<T>(Parameter<T> parameter, bool trainable)
        where T : unmanaged
    {
        parameter.RateMultiplier = parameter.IsWeight ? Rate : Rate * BiasRate;
        parameter.Decays &= Decay;
        parameter.Trainable &= trainable;
    }
}
