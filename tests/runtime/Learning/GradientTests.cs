using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using EdgeCnn.Managed;
using EdgeCnn.Trainer.Data;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Learning;
using EdgeCnn.Trainer.Quantization;
using EdgeCnn.Trainer.Recipes;
using Xunit;

namespace EdgeCnn.Tests.Learning;

/// <summary>The integer gradients of a sample against double precision, tensor by tensor.</summary>
public sealed unsafe class GradientTests
{
    /// <summary>Operators on the way from which on the bound is the one for long ways.</summary>
    private const int LongWay = 6;

    public static TheoryData<string> Networks => ["lenet5", "dscnn-digits", "resnet8", "lenet5-classic", "depthwise residual", "branches", "bordered"];

    [Theory]
    [MemberData(nameof(Networks))]
    public void An_integer_step_has_the_direction_of_the_float_gradient(string network)
    {
        // Gradients wait in a velocity with 16 bits behind the int8 point, at a rate that leaves rounding no weight.
        Compare(network, Model(network), LearningLoss.CrossEntropy);
    }

    [Fact]
    public void The_squared_error_has_the_direction_of_the_float_gradient() =>
        Compare("branches, squared error", ModelWriter.Write(Integers(Branches, softmax: false)), LearningLoss.SquaredError);

    private static void Compare(string network, byte[] file, LearningLoss loss)
    {
        byte[] model = LearningPlanner.Apply(file, new LearningSettings { Rate = 64, Batch = 1024, Loss = loss });
        var worst = new Dictionary<int, double>();
        for (int sample = 0; sample < 8; sample++)
        {
            using EdgeModel reference = EdgeModel.Open(model, TileCode.Portable);
            using EdgeModel learner = EdgeModel.Open(model, new ModelOptions { Learns = true, Tile = TileCode.Portable });
            Fill(reference.Input, sample);
            Fill(learner.Input, sample);
            int label = sample % 10;
            float[] target = [.. Enumerable.Range(0, 10).Select(i => MathF.Sin(i + sample))];
            bool squared = loss == LearningLoss.SquaredError;
            FloatBackward expected = squared ? FloatBackward.Of(reference, target) : FloatBackward.Of(reference, label);
            if (squared) learner.Learn(target);
            else learner.Learn(label);
            foreach ((int op, double[] velocity) in Velocities(learner))
            {
                double[] gradient = expected.WeightGradients[op];
                int depth = gradient.Length / expected.WeightScales[op].Length;
                double[] step = [.. gradient.Select((g, i) => -g / expected.WeightScales[op][i / depth])];
                if (step.All(s => s == 0)) continue;
                worst[op] = Math.Min(worst.GetValueOrDefault(op, 1), FloatBackward.Cosine(step, velocity));
            }
        }

        int last = worst.Keys.Max();
        Measured.Note($"{network}: smallest cosine of an integer gradient with the float one, by operator: "
            + string.Join(", ", worst.OrderBy(pair => pair.Key).Select(pair => FormattableString.Invariant($"{pair.Key} {pair.Value:f5}"))));
        Assert.All(worst, pair => Assert.InRange(pair.Value, last - pair.Key >= LongWay ? 0.995 : 0.999, 1.0000001));
    }

    private static void Fill(Span<sbyte> input, int sample)
    {
        var random = new Random(sample + 1);
        for (int i = 0; i < input.Length; i++) input[i] = (sbyte)(random.Next(3) == 0 ? random.Next(-128, 128) : -128 + random.Next(30));
    }

    /// <summary>What each operator's weights are about to change by.</summary>
    private static List<(int Operator, double[] Values)> Velocities(EdgeModel model)
    {
        byte* file = model.ModelPointer;
        List<(int, double[])> velocities = [];
        for (int i = 0; i < LearnFile.Records(file); i++)
        {
            int record = LearnFile.Record(file, i);
            if (!LearnRecord.Has(file, record, LearnRecord.TrainsWeights)) continue;
            int op = ModelFile.Operator(file, LearnRecord.Operator(file, record));
            int count = WeightedRows.OutputChannels(file, op) * OperatorTable.Depth(file, op);
            var values = new Span<int>(model.ArenaPointer + LearnRecord.Place(file, record, LearnRecord.VelocityAt), count);
            velocities.Add((LearnRecord.Operator(file, record), [.. values.ToArray().Select(v => (double)v)]));
        }
        return velocities;
    }

    private static byte[] Model(string network) => network switch
    {
        "depthwise residual" => LearningModels.DepthwiseResidual,
        "branches" => ModelWriter.Write(Integers(Branches)),
        "bordered" => ModelWriter.Write(WithBorder(Integers(DepthwiseResidual))),
        _ => File.ReadAllBytes(Path.Combine(Repository.Root, "models", network, "model.ecnn")),
    };

    internal const string DepthwiseResidual = """
        { "kind": "conv2d", "filters": 8, "kernel": 3, "stride": 2, "padding": 1 }, "relu",
        { "kind": "residual", "body": [
          { "kind": "depthwiseConv2d", "kernel": 3, "padding": 1 }, "relu",
          { "kind": "conv2d", "filters": 8, "kernel": 1 }
        ] },
        "relu",
        { "kind": "depthwiseConv2d", "kernel": 3, "stride": 2, "padding": 1 }, "relu6",
        { "kind": "conv2d", "filters": 12, "kernel": 1 }, "relu",
        { "kind": "averagePool", "kernel": 7 },
        { "kind": "fullyConnected", "units": 10 }
        """;

    internal const string Branches = """
        { "kind": "conv2d", "filters": 6, "kernel": 3, "padding": 1 }, { "kind": "leakyRelu", "slope": 0.1, "name": "stem" },
        { "kind": "averagePool", "kernel": 2 }, { "kind": "conv2d", "filters": 4, "kernel": 3, "padding": 1 }, { "kind": "sigmoid", "name": "left" },
        { "kind": "subsampling", "kernel": 2, "input": "stem" }, { "kind": "elu", "name": "right" },
        { "kind": "concatenate", "inputs": ["left", "right"] },
        { "kind": "conv2d", "filters": 8, "kernel": 3, "stride": 2 }, "tanh",
        { "kind": "fullyConnected", "units": 10 }
        """;

    internal static IntegerModel Integers(string layers, bool softmax = true)
    {
        Recipe recipe = Recipe.Parse($$"""
            {
              "name": "untrained", "data": "drawnDigits", "input": [28, 28, 1], "classes": 10, "network": [{{layers}}],
              "loss": "softmaxCrossEntropy",
              "optimizer": { "kind": "sgd" }, "schedule": { "kind": "fixed", "rate": 0.01 }, "batch": 16, "epochs": 1
            }
            """);
        var network = recipe.CreateNetwork<float>();
        network.Initialize(3);
        var quantizer = new PostTrainingQuantizer(recipe.Quantization.CreateObserver, recipe.Quantization.Formats);
        return quantizer.Quantize(network, recipe.Normalization, DrawnDigits.Draw(1, 0, 200, recipe.Classes), softmax);
    }

    /// <summary>The model with the border that its second operator puts around its input as an operator of its own.</summary>
    private static IntegerModel WithBorder(IntegerModel model)
    {
        const int Index = 1;
        var bordered = new IntegerModel();
        int Moved(int tensor) => tensor > Index ? tensor + 1 : tensor;
        IntegerTensor input = model.Tensors[Index], border = input with { Shape = [1, input.Shape[1] + 2, input.Shape[2] + 2, input.Shape[3]] };
        foreach (IntegerTensor tensor in model.Tensors.Take(Index + 1).Append(border).Concat(model.Tensors.Skip(Index + 1))) bordered.Tensors.Add(tensor);
        for (int i = 0; i < model.Operators.Count; i++)
        {
            IntegerOperator op = model.Operators[i];
            if (i == Index)
            {
                var block = new SectionBuilder();
                foreach (int before in (int[])[0, 1, 1, 0, 0]) block.Int32(before);
                byte[] own = OwnFields.Of(0, input.Quantization.ZeroPoint, 0);
                bordered.Operators.Add(new IntegerOperator(Pad.Code, [Index], Index + 1, own) { Params = block.ToArray() });
                byte[] inside = (byte[])op.Own.Clone();
                (inside[Window.PadTopAt - OperatorRecord.OwnAt], inside[Window.PadLeftAt - OperatorRecord.OwnAt]) = (0, 0);
                op = op with { Own = inside };
            }
            int[] inputs = [.. op.Inputs.Select(Moved)];
            if (i == Index) inputs = [Index + 1];
            bordered.Operators.Add(op with { Inputs = inputs, Output = op.Output + (i >= Index ? 1 : 0) });
        }
        foreach (InputDescription description in model.Inputs) bordered.Inputs.Add(description);
        foreach (OutputDescription description in model.Outputs) bordered.Outputs.Add(description with { Tensor = Moved(description.Tensor) });
        return bordered;
    }
}
