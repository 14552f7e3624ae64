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
return command.Parse(args).Invoke();
