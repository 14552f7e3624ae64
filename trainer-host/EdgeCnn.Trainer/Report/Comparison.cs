using System;
using System.Collections.Generic;
using System.Linq;
using EdgeCnn.Managed;
using EdgeCnn.Trainer.Data;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Losses;
using EdgeCnn.Trainer.Quantization;
using EdgeCnn.Trainer.Training;

namespace EdgeCnn.Trainer.Report;

/// <summary>
/// Runs a float network and the integer model made of it on the same images and compares them operator by operator. Every error contains
/// those of the operators before it, as it will on a device.
/// </summary>
public sealed class Comparison
{
    private const int GroupSize = 32;
    private const string Remedy = "give the network that the model was made of";
    private readonly byte[] _model;
    private readonly Network<float> _network;
    private readonly Normalization _normalization;
    private readonly IReadOnlyList<Stage> _stages;

    /// <summary>Operators before the first stage's: one that makes pixels int16, or none.</summary>
    private readonly int _before;

    /// <summary>Checks that the two fit: as many operators as the network makes, of the same sizes, softmax at the end aside.</summary>
    /// <param name="model">The model file's bytes.</param>
    /// <param name="network">The float network.</param>
    /// <param name="normalization">From pixels to the network's input.</param>
    /// <exception cref="ExportException">They don't; the message says where they differ first.</exception>
    /// <exception cref="ModelException">The bytes are no model.</exception>
    public Comparison(byte[] model, Network<float> network, Normalization normalization)
    {
        (_model, _network, _normalization, _stages) = (model, network, normalization, Stage.Of(network));
        using EdgeModel opened = EdgeModel.Open(model);
        IReadOnlyList<OperatorInfo> operators = opened.Operators;
        _before = operators[0] is { Name: nameof(Rescale), Output.Type: ElementType.Int16 } ? 1 : 0;
        int count = operators.Count - _before;
        bool endsInSoftmax = count == _stages.Count + 1 && operators[^1].Name is nameof(Softmax) or nameof(Softmax16);
        if (count != _stages.Count && !endsInSoftmax)
            throw new ExportException($"the model has {count} operators, the float network makes {_stages.Count}; {Remedy}");
        if (opened.Inputs.Count != 1 || !opened.Inputs[0].HasPreprocessing)
            throw new ExportException("the model has not one input that takes pixels; export it from its recipe");
        if (opened.Inputs[0].Elements != network.Input.Length)
            throw Mismatch("input", opened.Inputs[0], network.Input);
        for (int i = 0; i < _stages.Count; i++)
        {
            OperatorInfo op = operators[_before + i];
            // The device's own classes come behind those of the network.
            int spare = i == _stages.Count - 1 ? Math.Max(0, opened.Outputs[0].Elements - network.Output.Length) : 0;
            if (op.Output.Elements != _stages[i].Output.Length + spare)
                throw Mismatch($"operator {op.Index} ({op.Name})", op.Output, _stages[i].Output);
        }
        if (!NetworkFingerprint.Fits(opened.Info, network))
            throw new ExportException($"the model was made of another training of this network; {Remedy}");
    }

    /// <summary>Compares.</summary>
    /// <param name="images">Labelled images of the network's input shape.</param>
    /// <param name="threads">Threads to work with; the report is the same for any number.</param>
    public ComparisonReport Run(Dataset images, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(images);
        int groups = (images.Count + GroupSize - 1) / GroupSize;
        var parts = new Group[groups];
        float[] table = _normalization.Table<float>();
        EdgeModel[] models = [.. Enumerable.Range(0, threads).Select(_ => EdgeModel.Open(_model))];
        NetworkPass<float>[] passes = [.. models.Select(_ => new NetworkPass<float>(_network, GroupSize, PassPurpose.Inspect))];
        try
        {
            using var pool = new WorkerPool(threads);
            pool.Run(groups, (group, worker) => parts[group] = Compare(models[worker], passes[worker], table, images, group * GroupSize));
            return Report(models[0], parts, images);
        }
        finally
        {
            foreach (EdgeModel model in models) model.Dispose();
        }
    }

    private Group Compare(EdgeModel model, NetworkPass<float> pass, float[] table, Dataset images, int first)
    {
        var group = new Group(model.Operators.Count);
        int count = Math.Min(GroupSize, images.Count - first), length = _network.Input.Length;
        Normalization.Apply<float>(images.Pixels.Slice(first * length, count * length), table, pass.Input);
        pass.Forward(count);
        for (int image = first; image < first + count; image++)
        {
            model.SetPixels(images.Image(image));
            for (int i = 0; i < model.Operators.Count; i++)
            {
                TensorInfo output = model.Operators[i].Output;
                ReadOnlySpan<float> real = Real(pass, i - _before, image - first);
                ReadOnlySpan<byte> integers = model.Step(i)[..(real.Length * (output.ByteCount / output.Elements))];
                group.Meters[i].Add(image, real, integers, output);
            }
            int label = images.Labels[image], integer = model.BestClass;
            int winner = Evaluator.Winner(Real(pass, _stages.Count - 1, image - first));
            group.Count(winner == label, integer == label, winner == integer);
        }
        return group;
    }

    /// <summary>The float values of what an operator computes for one sample of a pass.</summary>
    private ReadOnlySpan<float> Real(NetworkPass<float> pass, int operation, int sample)
    {
        if (operation < 0)
            return pass.Activation(NetworkBuilder<float>.NetworkInput).Slice(sample * _network.Input.Length, _network.Input.Length);
        if (operation < _stages.Count)
        {
            Stage stage = _stages[operation];
            ReadOnlySpan<float> values = pass.Activation(stage.Tensor).Slice(sample * stage.Output.Length, stage.Output.Length);
            return stage is { Layers.Count: 0, IsClamped: true } ? Held(values, stage) : values;
        }
        float[] scores = new float[_network.Output.Length];
        SoftmaxCrossEntropy<float>.Softmax(Real(pass, operation - 1, sample), scores);
        return scores;
    }

    /// <summary>What a change of quantization lets through, which no layer computes.</summary>
    private static float[] Held(ReadOnlySpan<float> values, Stage stage)
    {
        float[] held = values.ToArray();
        foreach (ref float value in held.AsSpan()) value = (float)Math.Clamp(value, stage.Min, stage.Max);
        return held;
    }

    /// <summary>Adds the groups in their order, so that sums don't depend on the threads.</summary>
    private ComparisonReport Report(EdgeModel model, Group[] parts, Dataset images)
    {
        var total = new Group(model.Operators.Count);
        foreach (Group part in parts) total.Add(part);
        LayerComparison[] layers =
        [
            .. total.Meters.Select((meter, i) => new LayerComparison(
                i, NameOf(i - _before), meter.Decibels, meter.MaxError, meter.MaxErrorImage, meter.MaxErrorElement, model.Operators[i].Output.Scale)),
        ];
        double count = images.Count;
        return new ComparisonReport(layers, images.Count, total.FloatCorrect / count, total.IntegerCorrect / count, total.Equal / count);
    }

    private string NameOf(int operation)
    {
        if (operation < 0) return NetworkBuilder<float>.NetworkInputName;
        if (operation == _stages.Count) return "softmax";
        Stage stage = _stages[operation];
        if (stage.Layers.Count > 0) return string.Join(" + ", stage.Layers.Select(layer => _network.Layers[layer].Name));
        return $"{(stage.Tensor < 0 ? NetworkBuilder<float>.NetworkInputName : _network.Layers[stage.Tensor].Name)} rescaled";
    }

    private static ExportException Mismatch(string where, TensorInfo tensor, Shape shape) => new(
        $"{where}: the model has {string.Join('×', tensor.Shape)}, the float network {shape}; {Remedy}");

    /// <summary>What some images that follow each other gave.</summary>
    private sealed class Group(int operators)
    {
        public NoiseMeter[] Meters { get; } = [.. Enumerable.Range(0, operators).Select(_ => new NoiseMeter())];

        public int FloatCorrect { get; private set; }

        public int IntegerCorrect { get; private set; }

        public int Equal { get; private set; }

        public void Count(bool floatCorrect, bool integerCorrect, bool equal)
        {
            FloatCorrect += floatCorrect ? 1 : 0;
            IntegerCorrect += integerCorrect ? 1 : 0;
            Equal += equal ? 1 : 0;
        }

        public void Add(Group later)
        {
            for (int i = 0; i < Meters.Length; i++) Meters[i].Add(later.Meters[i]);
            FloatCorrect += later.FloatCorrect;
            IntegerCorrect += later.IntegerCorrect;
            Equal += later.Equal;
        }
    }
}
