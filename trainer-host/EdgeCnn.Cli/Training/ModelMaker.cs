using System;
using System.Collections.Generic;
using System.Diagnostics;
using EdgeCnn.Cli.Files;
using EdgeCnn.Cli.Terminal;
using EdgeCnn.Managed;
using EdgeCnn.Trainer;
using EdgeCnn.Trainer.Data;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Recipes;
using EdgeCnn.Trainer.Report;
using EdgeCnn.Trainer.Training;

namespace EdgeCnn.Cli.Training;

/// <summary>A model that was made of a trained network, checked and measured, and not written yet.</summary>
/// <param name="File">Name of its file.</param>
/// <param name="Recipe">The recipe that it follows.</param>
/// <param name="Network">The float network that it was made of.</param>
/// <param name="Bytes">The model file's bytes.</param>
/// <param name="FloatAccuracy">Share of the test images that the float network classifies right, 0 … 1.</param>
/// <param name="Accuracy">The same of the model.</param>
/// <param name="AwareTime">Time of the quantization-aware training; zero without.</param>
internal sealed record MadeModel(
    string File, Recipe Recipe, Network<float> Network, byte[] Bytes, double FloatAccuracy, double Accuracy, TimeSpan AwareTime)
{
    /// <summary>The ranges that quantization-aware training learned; null without.</summary>
    public IReadOnlyList<(double Min, double Max)>? Ranges { get; init; }

    /// <summary>Epochs of quantization-aware training.</summary>
    public int AwareEpochs => Recipe.Quantization.Aware?.Epochs ?? 0;

    /// <summary>Writes the float network and, last because it is the one that others look for, the model.</summary>
    public void Write(OutputFolder folder)
    {
        NetworkSerializer.Save(folder.File(FloatNetwork.Beside(File)), Recipe, Network, Ranges);
        AtomicFile.Write(folder.File(File), Bytes);
    }
}

/// <summary>Makes models of trained networks: quantization-aware training, export, self-test, accuracy, gate.</summary>
internal sealed class ModelMaker(BuildRequest request, DataSplit data, TrainingRun run)
{
    /// <summary>Makes a model.</summary>
    /// <param name="file">Name of its file.</param>
    /// <param name="recipe">The recipe that it follows.</param>
    /// <param name="network">The trained network, which quantization-aware training changes.</param>
    /// <param name="floatAccuracy">Share of the test images that the network classifies right, 0 … 1.</param>
    /// <exception cref="ExportException">The gate refuses it; the training is given up.</exception>
    public MadeModel Make(string file, Recipe recipe, Network<float> network, double floatAccuracy)
    {
        IReadOnlyList<(double Min, double Max)>? ranges = null;
        var clock = new Stopwatch();
        if (recipe.Quantization.Aware is { } aware)
        {
            clock.Start();
            ranges = run.TrainAware(recipe, network, aware);
            clock.Stop();
            floatAccuracy = Math.Max(floatAccuracy, Evaluator.Accuracy(network, data.Test, recipe.Normalization, request.Threads));
        }
        run.ThrowIfInterrupted();
        byte[] bytes = ModelExport.ToBytes(recipe, network, data.Train, ranges);
        using EdgeModel opened = EdgeModel.Open(bytes);
        if (opened.RunSelfTest() is { } operation)
            throw new RefusedException($"{file}: the self-test fails at operator {operation} on this computer; nothing was written");
        double accuracy = IntegerEvaluator.Accuracy(bytes, data.Test, request.Threads);
        run.ThrowIfInterrupted();
        try
        {
            GateCheck.Run(recipe, network, bytes, data.Test, floatAccuracy, accuracy, request.Threads);
        }
        catch (ExportException)
        {
            run.Discard();
            throw;
        }
        return new MadeModel(file, recipe, network, bytes, floatAccuracy, accuracy, clock.Elapsed) { Ranges = ranges };
    }
}
