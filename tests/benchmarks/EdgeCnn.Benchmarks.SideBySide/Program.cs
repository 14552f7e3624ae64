using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Text.Json;
using EdgeCnn.Benchmarks.SideBySide;
using EdgeCnn.Benchmarks.SideBySide.OnnxRuntime;
using EdgeCnn.Managed;
using EdgeCnn.Tests;
using EdgeCnn.Trainer.Import;

const string LibraryVariable = "EDGECNN_ONNXRUNTIME";

var models = new Argument<string[]>("MODEL")
{
    Description = "Models to compare, .ecnn or .tflite; without any, LeNet-5, DS-CNN and ResNet8",
    Arity = ArgumentArity.ZeroOrMore,
};
var seconds = new Option<double>("--seconds") { Description = "How long to measure each model", DefaultValueFactory = _ => 8 };
var json = new Option<bool>("--json") { Description = "Write JSON instead of a table: every form, medians and minima" };
var keep = new Option<DirectoryInfo>("--keep") { Description = "A folder for the ONNX graphs, as written and as optimized" };
var command = new RootCommand("EdgeCnn and ONNX Runtime side by side: the same models, one thread each, in turns.")
{
    models, seconds, json, keep,
};
command.SetAction(arguments =>
{
    string[] named = arguments.GetValue(models) ?? [];
    var chosen = named.Length == 0 ? Standard() : [.. named.Select(file => (Path.GetFileNameWithoutExtension(file), file))];
    DirectoryInfo? folder = arguments.GetValue(keep);
    folder?.Create();
    using var library = new OrtLibrary(LibraryPath());
    var results = new List<ComparisonResult>();
    foreach ((string name, string file) in chosen)
    {
        using var model = new ComparedModel(name, file);
        results.Add(Comparison.Run(library, model, TimeSpan.FromSeconds(arguments.GetValue(seconds)), folder?.FullName));
    }
    if (arguments.GetValue(json))
        Console.WriteLine(JsonSerializer.Serialize(new { OnnxRuntime = library.Version, Models = results }, JsonSerializerOptions.Web));
    else
        ComparisonTable.Write(Console.Out, library.Version, results);
});
try
{
    return command.Parse(args).Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (Exception error) when (error is IOException or InvalidDataException or InvalidOperationException or NotSupportedException
    or OrtException or ModelException or ImportException or DllNotFoundException)
{
    Console.Error.WriteLine($"side-by-side: {error.Message}");
    return 2;
}

static string LibraryPath() => Environment.GetEnvironmentVariable(LibraryVariable) is { Length: > 0 } path
    ? path
    : throw new InvalidOperationException($"{LibraryVariable} is not set; start through side-by-side.sh, which fetches the library");

// Those that are here: most of them are shared data, which is not part of the repository.
static (string Name, string Path)[] Standard()
{
    string golden = Path.Combine(Repository.Shared, "golden");
    (string Name, string Path)[] all =
    [
        ("LeNet-5", Path.Combine(Repository.Root, "models", "lenet5", "model.ecnn")),
        ("DS-CNN", Path.Combine(golden, "kws_ref", "model.tflite")),
        ("ResNet8", Path.Combine(golden, "resnet8", "model.tflite")),
    ];
    foreach ((string name, string path) in all.Where(model => !File.Exists(model.Path)))
        Console.Error.WriteLine($"{name} is left out: there is no {path}; EDGECNN_SHARED is the folder of the shared data");
    return [.. all.Where(model => File.Exists(model.Path))];
}
