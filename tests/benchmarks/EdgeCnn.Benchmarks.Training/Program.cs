using System;
using System.CommandLine;
using EdgeCnn.Benchmarks.Training;

var seconds = new Option<double>("--seconds") { Description = "How long each turn lasts", DefaultValueFactory = _ => 4 };
var rounds = new Option<int>("--rounds") { Description = "Turns of each; the fastest step of all of them counts", DefaultValueFactory = _ => 3 };
var command = new RootCommand("EdgeCnn and PyTorch side by side: full training steps (forward, loss, backward, SGD with momentum), in turns.")
{
    seconds, rounds, AccuracyCommand.Create(),
};
command.SetAction(arguments =>
{
    TimeSpan turn = TimeSpan.FromSeconds(arguments.GetValue(seconds));
    Console.WriteLine("| network | batch | threads | EdgeCnn samples/s | PyTorch samples/s | ratio |");
    Console.WriteLine("|---|---:|---:|---:|---:|---:|");
    foreach (Contest contest in Contest.All)
    {
        double edge = 0, torch = 0;
        for (int round = 0; round < arguments.GetValue(rounds); round++)
        {
            edge = Math.Max(edge, EdgeCnnTraining.SamplesPerSecond(contest, turn));
            torch = Math.Max(torch, PyTorchTraining.SamplesPerSecond(contest, turn));
        }
        Console.WriteLine(FormattableString.Invariant(
            $"| {contest.Network} | {contest.Batch} | {contest.Threads} | {edge:n0} | {torch:n0} | {edge / torch:f2} |"));
    }
});
var learning = new Command("learning-step", "A learning step of LeNet-5, batch 1, SGD: EdgeCnn in integers on the device's arithmetic, PyTorch in float32.")
{
    seconds, rounds,
};
learning.SetAction(arguments =>
{
    TimeSpan turn = TimeSpan.FromSeconds(arguments.GetValue(seconds));
    double edge = double.PositiveInfinity, torch = double.PositiveInfinity;
    for (int round = 0; round < arguments.GetValue(rounds); round++)
    {
        edge = Math.Min(edge, LearningStep.Microseconds(turn));
        torch = Math.Min(torch, 1e6 / PyTorchTraining.SamplesPerSecond(new Contest("lenet5", Batch: 1, Threads: 1), turn, momentum: 0));
    }
    Console.WriteLine("| network | EdgeCnn µs/step | PyTorch µs/step | times as fast |");
    Console.WriteLine("|---|---:|---:|---:|");
    Console.WriteLine(FormattableString.Invariant($"| lenet5 | {edge:f1} | {torch:f1} | {torch / edge:f1} |"));
});
command.Subcommands.Add(learning);
return command.Parse(args).Invoke();
