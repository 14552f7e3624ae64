using System;
using System.Linq;
using EdgeCnn.Trainer.Data;
using EdgeCnn.Trainer.Recipes;
using EdgeCnn.Trainer.Training;
using Xunit;

namespace EdgeCnn.Tests.Training;

public class StopRuleTests
{
    [Fact]
    public void Patience_ends_when_the_loss_did_not_improve_for_so_many_epochs()
    {
        var rule = new Patience(2, least: 0.1);
        bool[] ends = [.. new[] { 1, 0.95, 0.8, 0.75, 0.73 }.Select(loss => rule.ShouldStop(0, loss))];
        Assert.Equal([false, false, false, false, true], ends);
    }

    [Fact]
    public void A_given_error_ends_of_training_or_validation()
    {
        Assert.True(new LossReached(0.5).ShouldStop(0.5, 2));
        Assert.False(new LossReached(0.5).ShouldStop(0.51, 0.1));
        Assert.True(new LossReached(0.5, validation: true).ShouldStop(2, 0.5));
        Assert.False(new LossReached(0.5, validation: true).ShouldStop(0.1, 0.51));
    }

    [Fact]
    public void The_rules_of_a_recipe_end_its_training()
    {
        var data = DrawnDigits.Draw(5, 0, 320);
        var (_, result) = TrainingRun.Of<float>(
            With("\"stop\": [{ \"kind\": \"lossReached\", \"loss\": 0.5 }, { \"kind\": \"patience\", \"epochs\": 30 }],"), data, 30, 2);
        Assert.InRange(result.Loss, 0, 0.5);
        Assert.InRange(result.Epochs, 2, 29);
    }

    [Fact]
    public void Validation_images_decide_when_patience_ends()
    {
        // Labels of the validation images are wrong on purpose: the better the network learns, the higher their loss.
        var recipe = With("\"stop\": [{ \"kind\": \"patience\", \"epochs\": 1 }],");
        var data = DrawnDigits.Draw(5, 0, 320);
        var wrong = new Dataset(
            data.Shape, data.Pixels.ToArray(), [.. data.Labels.ToArray().Select(label => (byte)((label + 1) % 10))], data.Classes);
        using var loop = new TrainingLoop<float>(
            recipe.CreateNetwork<float>(), recipe.CreateLoss<float>(), recipe.CreateOptimizer<float>(), recipe.CreateSchedule(),
            recipe.Normalization, new TrainingSettings(32, 30, 1) { StopRules = recipe.CreateStopRules() })
        {
            Validation = wrong,
        };
        Assert.InRange(loop.Run(data, cancellation: TestContext.Current.CancellationToken).Epochs, 2, 15);
    }

    private static Recipe With(string members) =>
        Recipe.Parse(TrainingRun.Recipe("drawn-digits").Text.Replace("\"epochs\"", $"{members} \"epochs\"", StringComparison.Ordinal));
}
