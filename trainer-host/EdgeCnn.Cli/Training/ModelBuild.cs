using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Text;
using EdgeCnn.Cli.Files;
using EdgeCnn.Cli.Results;
using EdgeCnn.Cli.Terminal;
using EdgeCnn.Managed;
using EdgeCnn.Trainer;
using EdgeCnn.Trainer.Data;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Quantization;
using EdgeCnn.Trainer.Quantization.Aware;
using EdgeCnn.Trainer.Recipes;
using EdgeCnn.Trainer.Report;
using EdgeCnn.Trainer.Training;

namespace EdgeCnn.Cli.Training;

/// <summary>What to build, and where.</summary>
/// <param name="Recipe">The recipe.</param>
/// <param name="DataFolder">Folder of the data, for recipes that read files.</param>
/// <param name="OutputFolder">Where the files go.</param>
/// <param name="Threads">Threads to work with; the model is the same for any number.</param>
/// <param name="Command">What the user typed, for the model's card.</param>
internal sealed record BuildRequest(Recipe Recipe, string? DataFolder, string OutputFolder, int Threads, string Command)
{
    /// <summary>Passes over the training images, instead of the recipe's.</summary>
    public int? Epochs { get; init; }

    /// <summary>What weights and order are drawn from, instead of the recipe's.</summary>
    public ulong? Seed { get; init; }

    /// <summary>How often a checkpoint is kept besides those at the ends of epochs; null: no checkpoints at all.</summary>
    public TimeSpan? CheckpointInterval { get; init; }

    /// <summary>What to do with the checkpoint of an interrupted training.</summary>
    public Interrupted Interrupted { get; init; }

    /// <summary>Port of the live page, 0 for any that is free; null: no page.</summary>
    public int? Port { get; init; }
}

/// <summary>From a recipe to a model file: load, train, quantize, check, measure, write.</summary>
internal static class ModelBuild
{
    /// <summary>Name of the model file.</summary>
    public const string ModelFile = "model.ecnn";

    /// <summary>Name of the float network's file, which <c>compare</c> looks for beside the model.</summary>
    public static readonly string FloatFile = FloatNetwork.Beside(ModelFile);

    /// <summary>Name of the page about the model.</summary>
    public const string CardFile = "card.md";

    /// <summary>All of them, for help texts.</summary>
    public static readonly string Files = $"{ModelFile}, {FloatFile}, {CardFile} and {TrainingFiles.LogFile}";

    /// <summary>Builds. Log and checkpoint aside, nothing is written before everything is done.</summary>
    /// <returns>What was built, the bytes of the model, and the images it was measured on.</returns>
    public static (TrainResult Result, byte[] Model, Dataset Test) Run(BuildRequest request, Session session)
    {
        Recipe recipe = request.Recipe;
        var folder = new OutputFolder(
            request.OutputFolder, ModelFile, FloatFile, CardFile, TrainingFiles.LogFile, TrainingFiles.CheckpointFile,
            TrainingFiles.AwareCheckpointFile);
        if (request.CheckpointInterval is not null)
            TrainingFiles.Check(folder, request.Interrupted);
        ulong seed = request.Seed ?? recipe.Seed;
        Network<float> network = recipe.CreateNetwork<float>(seed);
        Stage.Of(network);

        var clock = Stopwatch.StartNew();
        DataSplit data = DataLoading.Load(recipe, request.DataFolder, session);
        using var run = new TrainingRun(request, network, data, folder, session);
        TrainingResult trained = run.Train();
        clock.Stop();
        double floatAccuracy = Evaluator.Accuracy(network, data.Test, recipe.Normalization, request.Threads);
        if (recipe.Quantization.Equalize)
            CrossLayerEqualization.Apply(network);
        int epochsDone = trained.Epochs;
        IReadOnlyList<(double Min, double Max)>? ranges = null;
        if (recipe.Quantization.Aware is { } aware)
        {
            clock.Start();
            ranges = run.TrainAware(network, aware);
            clock.Stop();
            epochsDone += aware.Epochs;
            floatAccuracy = Math.Max(floatAccuracy, Evaluator.Accuracy(network, data.Test, recipe.Normalization, request.Threads));
        }
        run.ThrowIfInterrupted();
        double guessing = 1.0 / recipe.Classes.Count;
        if (floatAccuracy < 1.5 * guessing)
            session.WriteWarning($"the network learned nothing: {floatAccuracy:p1} right is as good as guessing; use a smaller rate");
        byte[] model = ModelExport.ToBytes(recipe, network, data.Train, ranges);
        using EdgeModel opened = EdgeModel.Open(model);
        if (opened.RunSelfTest() is { } operation)
            throw new RefusedException($"the model's self-test fails at operator {operation} on this computer; nothing was written");
        double int8Accuracy = IntegerEvaluator.Accuracy(model, data.Test, request.Threads);
        run.ThrowIfInterrupted();
        try
        {
            GateCheck.Run(recipe, network, model, data.Test, floatAccuracy, int8Accuracy, request.Threads);
        }
        catch (ExportException)
        {
            run.Discard();
            throw;
        }

        folder.Create();
        NetworkSerializer.Save(folder.File(FloatFile), recipe, network, ranges);
        var facts = new CardFacts(
            recipe.Name, request.Command, floatAccuracy, int8Accuracy, data.Test.Count, data.Train.Count, epochsDone);
        AtomicFile.Write(folder.File(CardFile), Encoding.UTF8.GetBytes(ModelCard.Write(facts, opened)));
        AtomicFile.Write(folder.File(ModelFile), model);   // last: it is the one that others look for
        run.Finish();
        double samples = trained.Samples + (double)(epochsDone - trained.Epochs) * data.Train.Count;
        var result = new TrainResult(
            recipe.Name, epochsDone, data.Train.Count, data.Test.Count, floatAccuracy, int8Accuracy, clock.Elapsed.TotalSeconds,
            samples / clock.Elapsed.TotalSeconds, model.Length, opened.Info.ArenaBytes,
            opened.Info.ModelId, folder.File(ModelFile));
        return (result, model, data.Test);
    }
}
