using System;
using System.Linq;
using EdgeCnn.Managed;
using EdgeCnn.Trainer.Learning;
using Xunit;

namespace EdgeCnn.Tests.Learning;

/// <summary>Weights that decay do so as real numbers would.</summary>
public sealed unsafe class WeightDecayTests
{
    [Theory]
    [InlineData(8, 0.0)]
    [InlineData(0, 0.0)]
    [InlineData(8, 0.5)]
    public void Weights_shrink_as_real_numbers_do(int fractionBits, double momentum)
    {
        const int Times = 50;
        var settings = new LearningSettings { Rate = 0.01, Decay = 0.02, FractionBits = fractionBits, Momentum = momentum, Layers = LayerChoice.Parse("last:2") };
        using EdgeModel model = EdgeModel.Open(LearnedModel.File(settings), new ModelOptions { Learns = true });
        byte* file = model.ModelPointer, arena = model.ArenaPointer;
        double[] before = Weights(model);
        for (int i = 0; i < Times; i++)
        {
            WeightDecay.Apply(file, arena);
            Memory.SetInt32(arena, LearnFile.State(file) + LearnState.StepAt, i + 1);
        }
        double[] after = Weights(model);

        double share = Math.Pow(1 - 64 * 0.01 * 0.02 / (1 - momentum), Times);
        double slope = before.Zip(after, (b, a) => a * b).Sum() / before.Sum(b => b * b);
        Measured.Note(FormattableString.Invariant($"weight decay, {fractionBits} fraction bits, momentum {momentum}: {slope:f4} of the weights left, {share:f4} in real numbers"));
        Assert.InRange(slope, share - 0.005, share + 0.005);
        // No bias: the mean of what is left over is that of real numbers, within three standard errors.
        double[] rest = [.. before.Zip(after, (b, a) => a - share * b)];
        double mean = rest.Average(), error = Math.Sqrt(rest.Sum(r => (r - mean) * (r - mean))) / rest.Length;
        Assert.InRange(mean, -3 * error - 1e-3, 3 * error + 1e-3);
    }

    [Fact]
    public void Weights_decay_every_64_samples_and_the_fold_of_the_bias_with_them()
    {
        // The step of the rate is lost, that of the decay is not.
        var settings = new LearningSettings { Rate = 1e-6, Decay = 5000, Layers = LayerChoice.Parse("last:1") };
        using EdgeModel model = EdgeModel.Open(LearnedModel.File(settings), new ModelOptions { Learns = true });
        double[] start = Weights(model);
        LearnedModel.Learn(model, 63);
        double[] before = Weights(model);
        LearnedModel.Learn(model, 1, first: 63);
        double[] after = Weights(model);

        Assert.InRange(before.Zip(start, (a, b) => Math.Abs(a - b)).Max(), 0, 1);
        Assert.InRange(after.Sum(Math.Abs) / before.Sum(Math.Abs), 0.67, 0.69);
        byte* file = model.ModelPointer;
        int record = LearnFile.Record(file, 0), op = ModelFile.Operator(file, LearnRecord.Operator(file, record)), depth = OperatorTable.Depth(file, op);
        int biases = LearnRecord.Place(file, record, LearnRecord.BiasesAt), weights = LearnedWeights.Offset(file, record);
        for (int c = 0; c < 10; c++)
        {
            int sum = Enumerable.Range(0, depth).Sum(k => (sbyte)model.ArenaPointer[weights + c * depth + k]);
            int exact = Memory.Int32(model.ArenaPointer, biases + 4 * (10 + c)) >> 8;
            Assert.Equal(exact - LearnedWeights.FoldedZeroPoint(file, op) * sum, Memory.Int32(model.ArenaPointer, biases + 4 * c));
        }
    }

    /// <summary>The weights with their fractions.</summary>
    private static double[] Weights(EdgeModel model)
    {
        byte* file = model.ModelPointer, arena = model.ArenaPointer;
        int record = LearnFile.Record(file, 0), op = ModelFile.Operator(file, LearnRecord.Operator(file, record));
        int count = WeightedRows.OutputChannels(file, op) * OperatorTable.Depth(file, op), weights = LearnedWeights.Offset(file, record);
        bool hasFractions = LearnRecord.HasPlace(file, record, LearnRecord.FractionsAt);
        int fractions = hasFractions ? LearnRecord.Place(file, record, LearnRecord.FractionsAt) : 0;
        return [.. Enumerable.Range(0, count).Select(k => (sbyte)arena[weights + k] + (hasFractions ? (arena[fractions + k] - 128) / 256.0 : 0))];
    }
}
