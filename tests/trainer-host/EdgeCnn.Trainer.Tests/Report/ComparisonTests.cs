using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using EdgeCnn.Managed;
using EdgeCnn.Tests.Training;
using EdgeCnn.Trainer.Data;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Recipes;
using EdgeCnn.Trainer.Report;
using EdgeCnn.Trainer.Training;
using Xunit;

namespace EdgeCnn.Tests.Report;

public class ComparisonTests
{
    private const int Images = 70;
    private readonly Recipe _recipe = TrainingRun.Recipe("drawn-digits");
    private readonly Dataset _images = DrawnDigits.Draw(5, 0, Images);
    private readonly Network<float> _network;
    private readonly byte[] _model;

    public ComparisonTests()
    {
        _network = _recipe.CreateNetwork<float>(3);
        _model = ModelExport.ToBytes(_recipe, _network, _images);
    }

    [Theory]
    [InlineData(0, 1, "conv2d1 + relu1")]
    [InlineData(3, 5, "maxPool2")]
    [InlineData(6, 10, "fullyConnected3")]
    public void A_layers_numbers_are_those_of_the_definition(int operation, int floatLayer, string name)
    {
        LayerComparison layer = Report().Layers[operation];
        double signal = 0, noise = 0, worst = 0;
        foreach ((float real, double integer) in Pairs(operation, floatLayer))
        {
            signal += (double)real * real;
            noise += (real - integer) * (real - integer);
            worst = Math.Max(worst, Math.Abs(real - integer));
        }
        Assert.Equal(name, layer.Name);
        Assert.Equal(10 * Math.Log10(signal / noise), layer.SqnrDb!.Value, 1e-9);
        Assert.Equal(worst, layer.MaxError);
        Assert.True(noise > 0);
    }

    [Fact]
    public void The_worst_element_is_found_where_it_is()
    {
        const int Operation = 2, FloatLayer = 4;
        LayerComparison layer = Report().Layers[Operation];
        List<(float Real, double Integer)> pairs = Pairs(Operation, FloatLayer);
        (float real, double integer) = pairs[layer.MaxErrorImage * (pairs.Count / Images) + layer.MaxErrorElement];
        Assert.Equal(layer.MaxError, Math.Abs(real - integer));
    }

    [Fact]
    public void The_last_operator_is_compared_with_softmax_of_the_float_outputs()
    {
        LayerComparison last = Report().Layers[^1];
        Assert.Equal("softmax", last.Name);
        Assert.InRange(last.MaxError, 0, 0.1);
        Assert.InRange(last.SqnrDb!.Value, 20, 80);
    }

    [Fact]
    public void Accuracies_are_those_of_the_evaluators()
    {
        ComparisonReport report = Report();
        Assert.Equal(Images, report.Images);
        Assert.Equal(Evaluator.Accuracy(_network, _images, _recipe.Normalization), report.FloatAccuracy);
        Assert.Equal(IntegerEvaluator.Accuracy(_model, _images), report.Int8Accuracy);
    }

    [Fact]
    public void Threads_change_no_bit_of_the_report()
    {
        ComparisonReport one = Report(), four = Report(threads: 4);
        Assert.Equal(one.Layers, four.Layers);
        Assert.Equal(one with { Layers = four.Layers }, four);
    }

    [Fact]
    public void A_network_of_another_model_is_refused_with_the_first_difference()
    {
        Recipe other = Recipe.Parse(_recipe.Text.Replace("\"filters\": 16", "\"filters\": 12", StringComparison.Ordinal));
        ExportException refused = Assert.Throws<ExportException>(
            () => new Comparison(_model, other.CreateNetwork<float>(), other.Normalization));
        Assert.StartsWith("operator 2 (Conv2D): the model has 1×10×10×16, the float network 10×10×12", refused.Message);
    }

    private ComparisonReport Report(int threads = 1) => new Comparison(_model, _network, _recipe.Normalization).Run(_images, threads);

    /// <summary>Every element of an operator's output over all images, from the float network and from the model.</summary>
    private List<(float Real, double Integer)> Pairs(int operation, int floatLayer)
    {
        var pairs = new List<(float, double)>();
        var input = new float[_network.Input.Length];
        using EdgeModel model = EdgeModel.Open(_model);
        TensorInfo tensor = model.Operators[operation].Output;
        for (int image = 0; image < Images; image++)
        {
            Normalization.Apply(_images.Image(image), _recipe.Normalization.Table<float>(), input);
            ReadOnlySpan<float> real = _network.Forward(input).Activation(floatLayer);
            model.SetPixels(_images.Image(image));
            ReadOnlySpan<sbyte> integers = [];
            for (int i = 0; i <= operation; i++) integers = MemoryMarshal.Cast<byte, sbyte>(model.Step(i));
            for (int i = 0; i < real.Length; i++) pairs.Add((real[i], (double)tensor.Scale * (integers[i] - tensor.ZeroPoint)));
        }
        return pairs;
    }
}
