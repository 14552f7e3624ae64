using System;
using System.Linq;
using EdgeCnn.Trainer;
using EdgeCnn.Trainer.Data;
using EdgeCnn.Trainer.Layers;
using EdgeCnn.Trainer.Losses;
using EdgeCnn.Trainer.Optimizers;
using EdgeCnn.Trainer.Schedules;
using EdgeCnn.Trainer.Training;
using Xunit;

namespace EdgeCnn.Tests.Training;

/// <summary>A linear unit pair that sees 0, so that penalties alone change its weights.</summary>
public class RegularizationTests
{
    [Fact]
    public void Penalties_add_their_gradient_to_weights_and_not_to_biases()
    {
        var network = Step(new FullyConnected<double>(2), new Regularization(l1: 0.1, l2: 0.5));
        Assert.Equal(2 - 0.1 - 0.5 * 2, network.Parameters[0].Values[0], 12);
        Assert.Equal(-1 + 0.1 + 0.5 * 1, network.Parameters[0].Values[1], 12);
        Assert.Equal([1, 0], network.Parameters[1].Values.ToArray());
    }

    [Fact]
    public void The_penalty_is_what_has_that_gradient()
    {
        var network = Network(new FullyConnected<double>(2));
        Assert.Equal(0.1 * 3 + 0.5 * 0.5 * 5, new Regularization(0.1, 0.5).Penalty(network.Parameters), 12);
        network.Parameters[0].Decays = false;
        network.Parameters[1].Values[0] = 9;
        Assert.Equal(0, new Regularization(0.1, 0.5).Penalty(network.Parameters));
    }

    [Fact]
    public void A_layer_may_train_at_its_own_rate_or_not_decay_or_not_train()
    {
        var slow = Step(
            new FullyConnected<double>(2) { Settings = new ParameterSettings(rateFactor: 0.5, biasRateFactor: 3) }, new(l2: 0.5));
        Assert.Equal(2 - 0.5 * 0.5 * 2, slow.Parameters[0].Values[0], 12);
        Assert.Equal(1.5, slow.Parameters[1].Values[0], 12);
        var free = Step(new FullyConnected<double>(2) { Settings = new ParameterSettings(decay: false) }, new(l2: 0.5));
        Assert.Equal([2, -1], free.Parameters[0].Values.ToArray());
        var frozen = Step(new FullyConnected<double>(2) { Settings = new ParameterSettings(trainable: false) }, new(l2: 0.5));
        Assert.Equal([0, 0], frozen.Parameters[1].Values.ToArray());
    }

    [Fact]
    public void A_layer_may_do_without_a_bias()
    {
        var with = Step(new Conv2D<double>(2, new(1, 1)), new());
        var without = Step(new Conv2D<double>(2, new(1, 1)) { Settings = new ParameterSettings(bias: false) }, new());
        Assert.Equal([1, 0], with.Parameters[1].Values.ToArray());
        Assert.Equal([0, 0], without.Parameters[1].Values.ToArray());
        Assert.Equal(with.Parameters[0].Values, without.Parameters[0].Values);
        var norm = new BatchNorm<double> { Settings = new ParameterSettings(bias: false) };
        _ = new Network<double>(new Shape(2, 2, 1), [norm]);
        Assert.Equal((true, false), (norm.Scale.Trainable, norm.Bias!.Trainable));
    }

    [Fact]
    public void Recipes_set_them_beside_the_settings_of_a_layer()
    {
        var text = TrainingRun.Recipe("drawn-digits").Text
            .Replace("\"filters\": 6,", "\"filters\": 6, \"rateFactor\": 0.25, \"decay\": false,", StringComparison.Ordinal)
            .Replace("\"epochs\"", "\"regularization\": { \"l1\": 0.5 }, \"epochs\"", StringComparison.Ordinal);
        var recipe = Trainer.Recipes.Recipe.Parse(text);
        Assert.Equal((0.5, 0), (recipe.Regularization.L1, recipe.Regularization.L2));
        var parameters = recipe.CreateNetwork<float>().Parameters;
        Assert.Equal((0.25, false), (parameters[0].RateMultiplier, parameters[0].Decays));
        Assert.Equal((1, true), (parameters[2].RateMultiplier, parameters[2].Decays));
        var refused = Assert.Throws<Trainer.Recipes.RecipeException>(
            () => Trainer.Recipes.Recipe.Parse(text.Replace("\"rateFactor\": 0.25", "\"rateFactor\": -1", StringComparison.Ordinal)));
        Assert.Contains("network[0].rateFactor: -1 is not allowed; use 0 or more", refused.Message, StringComparison.Ordinal);
    }

    private static Network<double> Network(Layer<double> layer)
    {
        var network = new Network<double>(Shape.Vector(1), [layer]);
        (network.Parameters[0].Values[0], network.Parameters[0].Values[1]) = (2, -1);
        network.WeightsChanged();
        return network;
    }

    /// <summary>One step at rate 1 on an input of 0 and class 0: the gradient of the loss is −1 for the first bias, 0 for the
    /// rest.</summary>
    private static Network<double> Step(Layer<double> layer, Regularization regularization)
    {
        var network = Network(layer);
        using var loop = new TrainingLoop<double>(
            network, new HalfSumOfSquares<double>(), new Sgd<double>(), new FixedRate(1), Normalization.UnitRange(1),
            new(1, 1, 1) { Regularization = regularization });
        loop.Run(new Dataset(Shape.Vector(1), [0], [0], Dataset.NumberedClasses(2)), cancellation: TestContext.Current.CancellationToken);
        return network;
    }
}
