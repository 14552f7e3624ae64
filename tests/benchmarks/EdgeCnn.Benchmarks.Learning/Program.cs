using System;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using EdgeCnn.Benchmarks.Learning;
using EdgeCnn.Managed;
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
    DataSplit mnist = Load(arguments.GetValue(data)!);
    byte[] model = LearningPlanner.Apply(File.ReadAllBytes(Path.Combine(folder, "model.ecnn")), new LearningSettings
    {
        Rate = arguments.GetValue(rate),
        Layers = LayerChoice.Parse(arguments.GetValue(layers)!),
        FractionBits = arguments.GetValue(bits),
    });
    FineTuning.PrintHeader("pictures");
    foreach (DomainShift change in DomainShift.All)
    {
        Dataset test = change.Of(mnist.Test, seed: 0);
        new FineTuning(model, Path.Combine(folder, "model.ecfloat"), arguments.GetValue(rate)).Print(
            change.Name, arguments.GetValue(seeds), test, seed => change.Of(Chosen(mnist.Train, arguments.GetValue(samples), seed), seed));
    }
});
var recipe = new Option<string>("--recipe") { Description = "The network", DefaultValueFactory = _ => Path.Combine(AppContext.BaseDirectory, "lenet5.json") };
var epochs = new Option<int>("--epochs") { Description = "Passes over the training images", DefaultValueFactory = _ => 10 };
var scratchSeeds = new Option<int>("--seeds") { Description = "Runs, each from weights of its own", DefaultValueFactory = _ => 3 };
var scratchRate = new Option<double>("--rate") { Description = "Step size, halved after 50, 70, 80 and 90 %", DefaultValueFactory = _ => 1 / 128.0 };
var scratch = new Command("scratch", "A network is trained from random weights, sample by sample: in integers only, and in float.")
{
    data, recipe, epochs, scratchSeeds, scratchRate,
};
scratch.SetAction(arguments =>
{
    DataSplit images = Load(arguments.GetValue(data)!);
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
var label = new Option<int>("--class") { Description = "The class that is held back", DefaultValueFactory = _ => 8 };
var trainEpochs = new Option<int>("--train-epochs") { Description = "Passes over the other images in float", DefaultValueFactory = _ => 5 };
var share = new Option<double>("--share") { Description = "Share of the samples that are of this class", DefaultValueFactory = _ => 0.3 };
var heldBack = new Command("held-back", "A network that was trained without a class learns it, from samples of all classes.")
{
    data, recipe, label, share, trainEpochs, seeds, samples, rate,
};
heldBack.SetAction(arguments =>
{
    DataSplit images = Load(arguments.GetValue(data)!);
    string file = Path.GetTempFileName();
    try
    {
        HeldBack trained = HeldBack.Train(
            Recipe.Load(arguments.GetValue(recipe)!), images.Train, arguments.GetValue(label), arguments.GetValue(trainEpochs), file);
        byte[] model = LearningPlanner.Apply(trained.Model, new LearningSettings { Rate = arguments.GetValue(rate) });
        FineTuning.PrintHeader("class");
        new FineTuning(model, file, arguments.GetValue(rate)).Print(
            $"{arguments.GetValue(label)}", arguments.GetValue(seeds), images.Test,
            seed => HeldBack.Samples(images.Train, arguments.GetValue(label), arguments.GetValue(share), arguments.GetValue(samples), seed));
    }
    finally
    {
        File.Delete(file);
    }
});
static DataSplit Load(string images) =>
    new IdxFolder().Load(new DataRequest(Dataset.NumberedClasses(10), new Shape(28, 28, 1)) { Folder = images });
static Dataset Chosen(Dataset from, int count, int seed)
{
    var random = new Random(seed);
    return from.Select([.. Enumerable.Range(0, count).Select(_ => random.Next(from.Count))]);
}
var folder = new Option<string>("--out") { Description = "Folder to write to", Required = true };
var device = new Command("device", "Writes LeNet-5 with a plan to learn, and samples.bin for device/cortex-m/learner.") { data, folder };
device.SetAction(arguments =>
{
    DataSplit mnist = Load(arguments.GetValue(data)!);
    byte[] model = LearningPlanner.Apply(File.ReadAllBytes(Path.Combine("models", "lenet5", "model.ecnn")), new LearningSettings());
    File.WriteAllBytes(Path.Combine(arguments.GetValue(folder)!, "model.ecnn"), model);
    using EdgeModel reader = EdgeModel.Open(model);
    using FileStream file = File.Create(Path.Combine(arguments.GetValue(folder)!, "samples.bin"));
    Dataset images = Chosen(mnist.Train, count: 100, seed: 1);
    for (int i = 0; i < images.Count; i++)
    {
        reader.SetPixels(images.Image(i));
        file.Write(MemoryMarshal.AsBytes(reader.Input));
        file.WriteByte(images.Labels[i]);
    }
});
return new RootCommand("What learning on a device reaches, beside float SGD.") { shift, scratch, heldBack, device }.Parse(args).Invoke();
