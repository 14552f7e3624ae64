using System;
using System.CommandLine;
using System.IO;
using System.Linq;
using EdgeCnn.Benchmarks.Learning;
using EdgeCnn.Trainer;
using EdgeCnn.Trainer.Data;
using EdgeCnn.Trainer.Learning;
using EdgeCnn.Trainer.Recipes;

var data = new Option<string>("--data") { Description = "Folder of MNIST", Required = true };
var run = new Option<string>("--run") { Description = "What 'edgecnn train models/lenet5/recipe.json' left", DefaultValueFactory = _ => "out/lenet5" };
var seeds = new Option<int>("--seeds") { Description = "Runs, each with samples of its own", DefaultValueFactory = _ => 9 };
var samples = new Option<int>("--samples") { Description = "Samples to learn", DefaultValueFactory = _ => 500 };
var rate = new Option<double>("--rate") { Description = "Step size", DefaultValueFactory = _ => 0.005 };
var layers = new Option<string>("--layers") { Description = "all, biases or last:2", DefaultValueFactory = _ => "all" };
var bits = new Option<int>("--fraction-bits") { Description = "Bits of a weight behind its int8 point", DefaultValueFactory = _ => 8 };
var shift = new Command("shift", "A LeNet-5 that was trained on clean digits meets other ones: learning in integers and in float, mean of all runs.")
{
    data, run, seeds, samples, rate, layers, bits,
};
shift.SetAction(arguments =>
{
    string folder = arguments.GetValue(run)!;
    DataSplit mnist = new IdxFolder().Load(new DataRequest(Dataset.NumberedClasses(10), new Shape(28, 28, 1)) { Folder = arguments.GetValue(data) });
    byte[] model = LearningPlanner.Apply(File.ReadAllBytes(Path.Combine(folder, "model.ecnn")), new LearningSettings
    {
        Rate = arguments.GetValue(rate),
        Layers = LayerChoice.Parse(arguments.GetValue(layers)!),
        FractionBits = arguments.GetValue(bits),
    });
    Console.WriteLine($"| pictures | before % | float SGD % | integer SGD % | difference | of float's gain |\n|---|---:|---:|---:|---:|---:|");
    foreach (DomainShift change in DomainShift.All)
    {
        Dataset test = change.Of(mnist.Test, seed: 0);
        double before = FineTuning.Integer(model, test.Slice(0, 0), test), real = 0, integer = 0;
        int runs = arguments.GetValue(seeds);
        for (int seed = 1; seed <= runs; seed++)
        {
            var random = new Random(seed);
            int[] chosen = [.. Enumerable.Range(0, arguments.GetValue(samples)).Select(_ => random.Next(mnist.Train.Count))];
            Dataset learned = change.Of(mnist.Train.Select(chosen), seed);
            real += FineTuning.Float(Path.Combine(folder, "model.ecfloat"), arguments.GetValue(rate), learned, test) / runs;
            integer += FineTuning.Integer(model, learned, test) / runs;
        }
        Console.WriteLine(FormattableString.Invariant(
            $"| {change.Name} | {before:f2} | {real:f2} | {integer:f2} | {integer - real:+0.00;-0.00} | {100 * (integer - before) / (real - before):f1} % |"));
    }
});
var recipe = new Option<string>("--recipe") { Description = "The network", DefaultValueFactory = _ => "models/lenet5/recipe.json" };
var epochs = new Option<int>("--epochs") { Description = "Passes over the training images", DefaultValueFactory = _ => 10 };
var scratchSeeds = new Option<int>("--seeds") { Description = "Runs, each from weights of its own", DefaultValueFactory = _ => 3 };
var scratchRate = new Option<double>("--rate") { Description = "Step size, halved after 50, 70, 80 and 90 %", DefaultValueFactory = _ => 1 / 128.0 };
var scratch = new Command("scratch", "A network is trained from random weights, sample by sample: in integers only, and in float.")
{
    data, recipe, epochs, scratchSeeds, scratchRate,
};
scratch.SetAction(arguments =>
{
    DataSplit images = new IdxFolder().Load(new DataRequest(Dataset.NumberedClasses(10), new Shape(28, 28, 1)) { Folder = arguments.GetValue(data) });
    Recipe network = Recipe.Load(arguments.GetValue(recipe)!);
    Console.WriteLine("| seed | float SGD % | integers only % |\n|---:|---:|---:|");
    double real = 0, integer = 0;
    int runs = arguments.GetValue(scratchSeeds);
    for (int seed = 1; seed <= runs; seed++)
    {
        var run = new FromScratch(network, images, arguments.GetValue(epochs), arguments.GetValue(scratchRate), seed);
        (double x, double q) = (run.Float(), run.Integer());
        Console.WriteLine(FormattableString.Invariant($"| {seed} | {x:f2} | {q:f2} |"));
        (real, integer) = (real + x / runs, integer + q / runs);
    }
    Console.WriteLine(FormattableString.Invariant($"| mean | {real:f2} | {integer:f2} |"));
});
return new RootCommand("What learning on a device reaches, beside float SGD.") { shift, scratch }.Parse(args).Invoke();
