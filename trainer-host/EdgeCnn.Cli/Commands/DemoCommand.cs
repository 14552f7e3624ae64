using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using EdgeCnn.Cli.Rendering;
using EdgeCnn.Cli.Results;
using EdgeCnn.Cli.Terminal;
using EdgeCnn.Cli.Training;
using EdgeCnn.Managed;
using EdgeCnn.Trainer.Data;
using EdgeCnn.Trainer.Recipes;

namespace EdgeCnn.Cli.Commands;

/// <summary><c>edgecnn demo</c></summary>
internal sealed class DemoCommand : ToolCommand<TrainResult>
{
    private const string EmbeddedRecipe = "drawn-digits.json";
    private const int Samples = 5;

    /// <summary>Classes follow each other in the test images; this gets different ones.</summary>
    private const int Stride = 3;
    private readonly Option<int> _threads = TrainingOptions.Threads();
    private readonly Option<string> _out = new("--out")
    {
        Description = $"Folder for {ModelBuild.Files}",
        HelpName = "DIR",
        DefaultValueFactory = _ => Path.Combine("out", "drawn-digits"),
    };

    public DemoCommand()
        : base("demo", "From nothing to a checked model file in seconds: a classifier of drawn digits. Needs no data.", DemoText.Write)
    {
        Add(_out);
        Add(_threads);
    }

    public override Example[] Examples =>
    [
        new("demo", "the whole way, once"),
        new("demo --out digits --json", "the same, for a script"),
    ];

    protected override TrainResult Execute(ParseResult arguments, Session session)
    {
        var request = new BuildRequest(LoadRecipe(), null, arguments.GetRequiredValue(_out), arguments.GetValue(_threads), $"{CommandLine.ToolName} demo");
        (TrainResult result, byte[] model, Dataset test) = ModelBuild.Run(request, session);
        using EdgeModel opened = EdgeModel.Open(model);
        IEnumerable<int> chosen = Enumerable.Range(0, Samples).Select(i => i * (test.Count / Samples + Stride) % test.Count);
        return result with { Samples = [.. chosen.Select(image => Classify(opened, test, image))] };
    }

    private static Recipe LoadRecipe()
    {
        using Stream stream = typeof(DemoCommand).Assembly.GetManifestResourceStream(EmbeddedRecipe)!;
        using var reader = new StreamReader(stream);
        return Recipe.Parse(reader.ReadToEnd(), EmbeddedRecipe);
    }

    private static SampleResult Classify(EdgeModel model, Dataset images, int index)
    {
        model.SetPixels(images.Image(index));
        model.Run();
        TensorInfo output = model.Outputs[0];
        int winner = model.BestClass;
        return new SampleResult(images.Classes[images.Labels[index]], output.Labels[winner], output.Dequantize(model.Output[winner]))
        {
            Shape = images.Shape,
            Pixels = images.Image(index).ToArray(),
        };
    }
}
