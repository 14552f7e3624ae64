using System;
using EdgeCnn.Tests.Training;
using EdgeCnn.Trainer.Data;
using EdgeCnn.Trainer.Kinds;
using EdgeCnn.Trainer.Optimizers;
using EdgeCnn.Trainer.Recipes;
using EdgeCnn.Trainer.Training;
using Xunit;

namespace EdgeCnn.Tests.Optimizers;

/// <summary>Every optimizer there is, in short trainings.</summary>
public class OptimizerTrainingTests
{
    private const int Images = 48;
    private const int Epochs = 15;

    public static TheoryData<string> Kinds => [.. KindTable.Of(typeof(Optimizer<float>)).Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void It_learns_the_same_bits_on_any_number_of_threads_and_allocates_nothing(string kind)
    {
        var recipe = RecipeOf(kind);
        var data = DrawnDigits.Draw(3, 0, Images);
        long before = 0, after = 0;
        double firstLoss = 0;
        var progress = new ImmediateProgress(report =>
        {
            if (report.Epoch == 1)
                firstLoss = report.Loss;
            if (report.Epoch == 3)
                before = GC.GetAllocatedBytesForCurrentThread();
            if (report.Epoch == Epochs)
                after = GC.GetAllocatedBytesForCurrentThread();
        });
        var (one, result) = TrainingRun.Of<float>(recipe, data, Epochs, 1, progress: progress);
        var (several, _) = TrainingRun.Of<float>(recipe, data, Epochs, 3);

        Assert.Equal(TrainingRun.Hash(one), TrainingRun.Hash(several));
        Assert.Equal(before, after);
        Assert.InRange(result.Loss, 0, 0.97 * firstLoss);
    }

    [Theory]
    [InlineData("rprop")]
    [InlineData("lbfgs")]
    public void What_needs_all_samples_refuses_mini_batches(string kind)
    {
        var error = Assert.Throws<TrainingException>(() => TrainingRun.Of<float>(RecipeOf(kind), DrawnDigits.Draw(3, 0, Images + 1), 1, 1));
        Assert.Contains($"{kind} needs the gradient of all 49 samples", error.Message, StringComparison.Ordinal);
    }

    private static Recipe RecipeOf(string kind)
    {
        var rate = kind switch { "lbfgs" or "adaDelta" => "1", "sgd" => "0.1", "ftrl" => "0.3", "nesterov" => "0.02", _ => "0.002" };
        var text = TrainingRun.Recipe("drawn-digits").Text;
        var from = text.IndexOf("\"optimizer\"", StringComparison.Ordinal);
        var to = text.IndexOf("\"epochs\"", StringComparison.Ordinal);
        return Recipe.Parse(
            text[..from] + $"\"optimizer\": \"{kind}\", \"schedule\": {{ \"kind\": \"fixed\", \"rate\": {rate} }}, \"batch\": {Images}, "
            + text[to..]);
    }
}
