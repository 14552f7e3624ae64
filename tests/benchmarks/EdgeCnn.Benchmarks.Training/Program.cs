using System;
using System.CommandLine;
using System.Linq;
using EdgeCnn.Benchmarks.Training;

var seconds = new Option<double>("--seconds") { Description = "How long each turn lasts", DefaultValueFactory = _ => 4 };
var rounds = new Option<int>("--rounds") { Description = "Turns of each; the fastest step of all of them counts", DefaultValueFactory = _ => 3 };
var command = new RootCommand("EdgeCnn and PyTorch side by side: full training steps (forward, loss, backward, SGD with momentum), in turns.")
{
    seconds, rounds,
};
command.SetAction(arguments =>
{
    TimeSpan turn = TimeSpan.FromSeconds(arguments.GetValue(seconds));
    Console.WriteLine("| network | batch | threads | EdgeCnn samples/s | PyTorch samples/s | ratio |");
    Console.WriteLine("|---|---:|---:|---:|---:|---:|");
    foreach (int threads in new[] { 1, 2 })
        foreach ((string network, int batch) in new[] { ("lenet5", 64), ("lenet5", 128), ("dscnn", 32), ("dscnn", 100), ("resnet8", 32), ("resnet8", 128) })
        {
            var contest = new Contest(network, batch, threads);
            double edge = 0, torch = 0;
            for (int round = 0; round < arguments.GetValue(rounds); round++)
            {
                edge = Math.Max(edge, EdgeCnnTraining.SamplesPerSecond(contest, turn));
                torch = Math.Max(torch, PyTorchTraining.SamplesPerSecond(contest, turn));
            }
            Console.WriteLine(FormattableString.Invariant(
                $"| {network} | {batch} | {threads} | {edge:n0} | {torch:n0} | {edge / torch:f2} |"));
        }
});
return command.Parse(args).Invoke();
