using System;
using System.Collections.Generic;
using System.Linq;
using EdgeCnn.Cli.Files;
using EdgeCnn.Cli.Results;
using EdgeCnn.Cli.Terminal;
using EdgeCnn.Managed;

namespace EdgeCnn.Cli.Inference;

/// <summary>Runs a model once for every tensor that its input files hold.</summary>
internal static class ModelRuns
{
    /// <summary>Runs, and collects what was asked for.</summary>
    public static RunResult Run(EdgeModel model, IReadOnlyList<InputTensors> inputs, TensorSinks sinks, Session session)
    {
        int runs = inputs[0].Count;
        var outputs = new List<OutputResult>(runs);
        var hashes = new List<string>(runs);
        session.WithProgress("running", runs, run =>
        {
            Fill(model, inputs, run);
            hashes.AddRange(model.RunProbed().Select(entry => Hashes.Text(entry.Hash)));
            outputs.AddRange(model.Outputs.Select(output => Winner(model, output, run)));
            sinks.AddOutputs(model);
            if (!sinks.WantsLayers)
                return;
            Fill(model, inputs, run);
            for (int i = 0; i < model.Operators.Count; i++)
                sinks.AddLayer(i, model.Step(i));
        });
        return new RunResult(model.Info.ModelId, runs, outputs, hashes);
    }

    /// <summary>Puts the values of a run into the model's inputs.</summary>
    public static void Fill(EdgeModel model, IReadOnlyList<InputTensors> inputs, int run)
    {
        foreach (InputTensors input in inputs)
            input.Fill(model, run);
    }

    /// <summary>What an output of the model in its arena says.</summary>
    public static OutputResult Winner(EdgeModel model, TensorInfo output, int run)
    {
        int winner = model.BestOf(output);
        return new OutputResult(
            run, output.Name, winner < output.Labels.Count ? output.Labels[winner] : null, winner, output.Dequantize(output.Element(model.Bytes(output), winner)));
    }
}
