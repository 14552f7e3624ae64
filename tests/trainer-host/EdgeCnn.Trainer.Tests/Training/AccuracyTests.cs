using System;
using EdgeCnn.Trainer.Data;
using EdgeCnn.Trainer.Recipes;
using EdgeCnn.Trainer.Training;
using Xunit;

namespace EdgeCnn.Tests.Training;

public class AccuracyTests
{
    [Fact]
    public void Drawn_digits_are_hard_for_a_linear_model_and_easy_for_the_network()
    {
        var recipe = TrainingRun.Recipe("drawn-digits");
        var data = recipe.LoadData(null);
        var (network, _) = TrainingRun.Of<float>(recipe, data.Train, recipe.Epochs, 2);
        Assert.InRange(Evaluator.Accuracy(network, data.Test, recipe.Normalization, 2), 0.96, 1);

        var text = recipe.Text;
        var from = text.IndexOf("\"network\"", StringComparison.Ordinal);
        var to = text.IndexOf("\"output\"", StringComparison.Ordinal);
        var linear = Recipe.Parse(
            string.Concat(text.AsSpan(0, from), "\"network\": [{ \"kind\": \"fullyConnected\", \"units\": 10 }],", text.AsSpan(to))
                .Replace("\"rate\": 0.05", "\"rate\": 0.02", StringComparison.Ordinal));
        var (flat, result) = TrainingRun.Of<float>(linear, data.Train, 20, 2);
        Assert.InRange(Evaluator.Accuracy(flat, data.Test, recipe.Normalization, 2), 0.5, 0.9);
        Assert.InRange(result.Accuracy, 0.5, 0.9);
    }

    [Fact]
    public void One_short_epoch_of_handwritten_digits_is_learned_well()
    {
        var folder = SharedData.Folder("mnist");
        var recipe = TrainingRun.Recipe("lenet5");
        var data = recipe.LoadData(folder);
        var (network, _) = TrainingRun.Of<float>(recipe, data.Train, 1, 2);
        Assert.InRange(Evaluator.Accuracy(network, data.Test, recipe.Normalization, 2), 0.975, 1);
    }
}
