using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using EdgeCnn.Trainer.Data;
using EdgeCnn.Trainer.Recipes;

namespace EdgeCnn.Benchmarks.Training;

/// <summary>How long LeNet-5 takes in both to an accuracy on MNIST, for several seeds.</summary>
internal static class AccuracyCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var data = new Option<string>("--data") { Description = "Folder of MNIST's four files", Required = true };
        var aim = new Option<double>("--aim") { Description = "Test accuracy, 0 … 1", DefaultValueFactory = _ => 0.99 };
        var epochs = new Option<int>("--epochs") { Description = "Length of the schedule", DefaultValueFactory = _ => 5 };
        var seeds = new Option<int>("--seeds") { Description = "Trainings of each; the medians count", DefaultValueFactory = _ => 3 };
        var threads = new Option<int[]>("--threads") { Description = "Numbers of threads", DefaultValueFactory = _ => [1, 2] };
        var command = new Command("accuracy", "Time to an accuracy: LeNet-5 on MNIST, the recipe of models/lenet5 in both, in turns.")
        {
            data, aim, epochs, seeds, threads,
        };
        command.SetAction(arguments => Run(
            Path.GetFullPath(arguments.GetRequiredValue(data)), arguments.GetValue(aim), arguments.GetValue(epochs),
            arguments.GetValue(seeds), arguments.GetRequiredValue(threads)));
        return command;
    }

    private static void Run(string folder, double aim, int epochs, int seeds, int[] numbersOfThreads)
    {
        string path = Path.Combine(AppContext.BaseDirectory, "Networks", "lenet5-mnist.json");
        Recipe recipe = Recipe.Parse(File.ReadAllText(path));
        DataSplit split = recipe.LoadRequested(new DataRequest(recipe.Classes, recipe.Input) { Folder = folder });
        Console.WriteLine("| threads | seed | EdgeCnn s | epochs | % | PyTorch s | epochs | % |");
        Console.WriteLine("|---:|---:|---:|---:|---:|---:|---:|---:|");
        foreach (int threads in numbersOfThreads)
        {
            List<Arrival> edges = [], torches = [];
            for (int seed = 1; seed <= seeds; seed++)
            {
                var race = new Race(recipe, folder, split, epochs, threads, seed, aim);
                edges.Add(EdgeCnnTraining.TrainTo(race));
                torches.Add(PyTorchTraining.TrainTo(race));
                Console.WriteLine($"| {threads} | {seed} | {Cells(edges[^1], aim)} | {Cells(torches[^1], aim)} |");
            }
            TimeSpan edge = Median(edges), torch = Median(torches);
            Console.WriteLine(FormattableString.Invariant(
                $"| {threads} | median | {edge.TotalSeconds:f2} | | | {torch.TotalSeconds:f2} | | {torch / edge:f2} × faster |"));
        }
    }

    private static string Cells(Arrival arrival, double aim)
    {
        string missed = arrival.Accuracy < aim ? " (missed)" : "";
        return FormattableString.Invariant($"{arrival.Time.TotalSeconds:f2} | {arrival.Epochs} | {100 * arrival.Accuracy:f2}{missed}");
    }

    private static TimeSpan Median(IEnumerable<Arrival> arrivals)
    {
        TimeSpan[] times = [.. arrivals.Select(arrival => arrival.Time).Order()];
        return (times[(times.Length - 1) / 2] + times[times.Length / 2]) / 2;
    }
}
