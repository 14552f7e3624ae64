using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using EdgeCnn.Cli.Files;
using EdgeCnn.Managed;
using EdgeCnn.Trainer;
using EdgeCnn.Trainer.Data;
using EdgeCnn.Trainer.Report;
using EdgeCnn.Trainer.Report.Page;
using EdgeCnn.Trainer.Training;

namespace EdgeCnn.Cli.Training;

/// <summary>Writes the page about a model, and the picture on it.</summary>
/// <param name="request">What was to be built.</param>
/// <param name="data">The data.</param>
/// <param name="epochs">Epochs of the float network.</param>
/// <param name="elapsed">Wall time of loading the data and training it.</param>
internal sealed class CardWriter(BuildRequest request, DataSplit data, int epochs, TimeSpan elapsed)
{
    /// <summary>Writes both.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="history">How the epochs went.</param>
    /// <param name="models">The models; those that are null were not made.</param>
    public void Write(OutputFolder folder, IReadOnlyList<EpochResult> history, params IEnumerable<MadeModel?> models)
    {
        MadeModel[] made = [.. models.OfType<MadeModel>()];
        EdgeModel[] opened = [.. made.Select(model => EdgeModel.Open(model.Bytes))];
        try
        {
            // After an interruption the clock saw only the rest.
            bool isWhole = request.Interrupted != Interrupted.Resume;
            var facts = new CardFacts(
                request.Recipe.Name, request.Command, data.Test.Count, data.Train.Count,
                new CardFloat(made[0].FloatAccuracy, epochs, isWhole ? elapsed.TotalSeconds : null),
                [.. made.Zip(opened, (model, file) => Column(model, file, isWhole))])
            {
                Machine = $"{request.Threads} {(request.Threads == 1 ? "thread" : "threads")} of {Processor.Name}",
                Curve = ModelBuild.CurveFile,
            };
            Write(folder, ModelBuild.CurveFile, new EpochCharts(history).Picture());
            Write(folder, ModelBuild.CardFile, ModelCard.Write(facts));
        }
        finally
        {
            foreach (EdgeModel model in opened) model.Dispose();
        }
    }

    private static CardModel Column(MadeModel model, EdgeModel opened, bool isWhole) =>
        new(model.File, opened, model.Accuracy, model.AwareEpochs, isWhole ? model.AwareTime.TotalSeconds : null);

    private static void Write(OutputFolder folder, string name, string text) =>
        AtomicFile.Write(folder.File(name), Encoding.UTF8.GetBytes(text));
}
