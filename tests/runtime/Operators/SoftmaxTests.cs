using System;
using System.Linq;
using EdgeCnn.Managed;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Quantization;
using Xunit;

namespace EdgeCnn.Tests.Operators;

public sealed class SoftmaxTests
{
    [Theory]
    [InlineData(10, 0.1f)]
    [InlineData(2, 0.5f)]
    [InlineData(40, 0.02f)]
    [InlineData(1000, 0.05f)]
    [InlineData(4095, 0.0001f)]
    public void Probabilities_are_within_one_step_of_the_float_definition(int width, float scale)
    {
        using EdgeModel model = EdgeModel.Open(Softmax(width, scale, zeroPoint: -7));
        for (uint seed = 0; seed < 20; seed++)
        {
            for (int i = 0; i < width; i++) model.Input[i] = (sbyte)(Generator.Bits(seed, (uint)i) >> 24);
            double[] exponentials = [.. model.Input.ToArray().Select(q => Math.Exp((double)scale * (q - 127)))];
            model.Run();

            for (int i = 0; i < width; i++)
                Assert.InRange(model.Output[i] + 128 - 256 * exponentials[i] / exponentials.Sum(), -1, 1);
        }
    }

    [Fact]
    public void Equal_scores_share_the_probability()
    {
        using EdgeModel model = EdgeModel.Open(Softmax(4, 0.25f, zeroPoint: 0));
        model.Input.Fill(5);
        model.Run();
        Assert.Equal([-64, -64, -64, -64], model.Output.ToArray());
    }

    [Fact]
    public void A_row_wider_than_its_accumulator_is_refused() =>
        Assert.Equal(ModelError.BadShape, Assert.Throws<ModelException>(() => Softmax(4096, 0.1f, zeroPoint: 0)).Error);

    /// <summary>A model that is nothing but softmax over a row.</summary>
    internal static byte[] Softmax(int width, float scale, int zeroPoint, int rows = 1)
    {
        var model = new IntegerModel();
        model.Tensors.Add(new IntegerTensor([rows, width], new QuantizationParameters(scale, zeroPoint)));
        model.Tensors.Add(new IntegerTensor([rows, width], QuantizationParameters.Probability));
        model.Inputs.Add(new InputDescription("logits", ChannelOrder.None, null));
        model.Outputs.Add(new OutputDescription(1, "probabilities", []));
        model.Operators.Add(new IntegerOperator(EdgeCnn.Softmax.Code, [0], 1, OwnFields.Softmax(scale)));
        return ModelWriter.Write(model);
    }
}
