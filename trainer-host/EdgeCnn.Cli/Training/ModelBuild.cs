using System;
using System.Diagnostics;
using EdgeCnn.Cli.Files;
using EdgeCnn.Cli.Results;
using EdgeCnn.Cli.Terminal;
using EdgeCnn.Managed;
using EdgeCnn.Trainer.Data;
using EdgeCnn.Trainer.Quantization;
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

    /// <summary>Name of the second model's file, for recipes that have one with weights of 4 bits.</summary>
    public const string Int4File = "model.int4.ecnn";

    /// <summary>Name of the float network's file, which <c>compare</c> looks for beside the model.</summary>
    public static readonly string FloatFile = FloatNetwork.Beside(ModelFile);

    /// <summary>Name of the page about the model.</summary>
    public const string CardFile = "card.md";

    /// <summary>Name of the picture on that page.</summary>
    public const string CurveFile = "curve.svg";

    /// <summary>All of them, for help texts.</summary>
    public static readonly string Files = $"{ModelFile}, {FloatFile}, {CardFile}, {CurveFile} and {TrainingFiles.LogFile}";

    /// <summary>Builds. Log and checkpoint aside, nothing is written before everything is done.</summary>
    /// <returns>What was built, the bytes of the model, and the images it was measured on.</returns>
    public static (TrainResult Result, byte[] Model, Dataset Test) Run(BuildRequest request, Session session)
    {
        Recipe recipe = request.Recipe;
        var folder = new OutputFolder(
            request.OutputFolder, ModelFile, FloatFile, CardFile, CurveFile, TrainingFiles.LogFile, TrainingFiles.CheckpointFile,
            TrainingFiles.AwareCheckpointFile, TrainingFiles.Int4CheckpointFile, Int4File, FloatNetwork.Beside(Int4File));
        if (request.CheckpointInterval is not null)
            TrainingFiles.Check(folder, request.Interrupted);
        Network<float> network = recipe.CreateNetwork<float>(request.Seed);
        Stage.Of(network);

        var clock = Stopwatch.StartNew();
        DataSplit data = DataLoading.Load(recipe, request.DataFolder, session);
        using var run = new TrainingRun(request, network, data, folder, session);
        TrainingResult trained = run.Train();
        clock.Stop();
        double floatAccuracy = Evaluator.Accuracy(network, data.Test, recipe.Normalization, request.Threads);
        if (floatAccuracy < 1.5 / recipe.Classes.Count)
            session.WriteWarning($"the network learned nothing: {floatAccuracy:p1} right is as good as guessing; use a smaller rate");
        if (recipe.Quantization.Equalize)
            CrossLayerEqualization.Apply(network);
        var maker = new ModelMaker(request, data, run);
        // The second model starts where the first one does, before quantization-aware training.
        Network<float>? secondNetwork = recipe.Int4?.CreateCopy(network);
        MadeModel model = maker.Make(ModelFile, recipe, network, floatAccuracy);
        MadeModel? second = recipe.Int4 is { } int4 ? maker.Make(Int4File, int4, secondNetwork!, floatAccuracy) : null;

        folder.Create();
        using EdgeModel opened = EdgeModel.Open(model.Bytes);
        double seconds = (clock.Elapsed + model.AwareTime).TotalSeconds;
        int epochs = trained.Epochs + model.AwareEpochs;
        new CardWriter(request, data, trained.Epochs, clock.Elapsed).Write(folder, run.History, model, second);
        second?.Write(folder);
        model.Write(folder);
        run.Finish();
        double samples = trained.Samples + (double)model.AwareEpochs * data.Train.Count;
        var result = new TrainResult(
            recipe.Name, epochs, data.Train.Count, data.Test.Count, model.FloatAccuracy, model.Accuracy, seconds, samples / seconds,
            model.Bytes.Length, opened.Info.ArenaBytes, opened.Info.ModelId, folder.File(ModelFile))
        {
            Integers = IntegerKind.Of(opened),
            Int4 = second is null ? null : new Int4Result(second.Accuracy, second.Bytes.Length, folder.File(Int4File)),
        };
        return (result, model.Bytes, data.Test);
    }
}
