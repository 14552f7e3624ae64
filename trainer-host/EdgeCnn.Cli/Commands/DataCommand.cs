using System;
using System.CommandLine;
using System.IO;
using System.Linq;
using EdgeCnn.Cli.Files;
using EdgeCnn.Cli.Rendering;
using EdgeCnn.Cli.Results;
using EdgeCnn.Cli.Terminal;
using EdgeCnn.Cli.Training;
using EdgeCnn.Trainer.Data;
using EdgeCnn.Trainer.Recipes;
using EdgeCnn.Trainer.Report;

namespace EdgeCnn.Cli.Commands;

/// <summary><c>edgecnn data SOURCE</c></summary>
internal sealed class DataCommand : ToolCommand<DataResult>
{
    private const string RecipeExtension = ".json";
    private const int MostPictures = 10;

    private readonly Argument<string> _source = new("SOURCE")
    {
        Description = "A recipe (.json), or a folder or .zip archive to look at without one",
    };

    private readonly Option<string?> _data = TrainingOptions.Data();

    public DataCommand()
        : base("data", "Show what there is to learn from: classes and their balance, sizes, mean and deviation, pictures.", DataText.Write)
    {
        Add(_source);
        Add(_data);
    }

    public override string Notes =>
        """
        Mean and deviation are of the training pixels / 255, per channel, as a recipe's "normalization" takes them.
        A folder without a recipe holds IDX files, or pictures in folders named by their class.
        """;

    public override Example[] Examples =>
    [
        new("data models/drawn-digits/recipe.json", "what the demo learns from"),
        new("data models/lenet5/recipe.json --data MNIST", "a recipe's data files, loaded as training would"),
        new("data photos.zip --json", "pictures in class folders, as JSON"),
    ];

    protected override DataResult Execute(ParseResult arguments, Session session)
    {
        string source = arguments.GetRequiredValue(_source);
        bool isRecipe = source.EndsWith(RecipeExtension, StringComparison.OrdinalIgnoreCase);
        string? folder = arguments.GetValue(_data);
        if (!isRecipe && folder is not null)
            throw new UsageException($"--data goes with a recipe; {source} is none. See '{CommandLine.ToolName} {Name} --help'.");
        if (!isRecipe && !Directory.Exists(source) && !File.Exists(source))
            throw new RefusedException($"{source}: there is no such folder, archive or recipe ({RecipeExtension})");
        DataSplit data = isRecipe
            ? DataLoading.Load(Recipe.Load(InputPath.OfFile(source, $"recipe ({RecipeExtension})")), folder, session)
            : FoundData.Load(source);
        DataReport report = DataReport.Of(data);
        return new DataResult(
            source, [data.Train.Shape.Height, data.Train.Shape.Width, data.Train.Shape.Channels], data.Train.Count,
            data.Validation?.Count ?? 0, data.Test.Count, report.Balance, report.Mean, report.Deviation, report.Classes)
        {
            Pictures = Pictures(data.Train),
        };
    }

    /// <summary>The first picture of each of the first classes.</summary>
    private static SampleResult[] Pictures(Dataset data)
    {
        byte[] labels = data.Labels.ToArray();
        return
        [
            .. data.Classes.Take(MostPictures).Select((name, label) => (Name: name, Index: Array.IndexOf(labels, (byte)label)))
                .Where(sample => sample.Index >= 0)
                .Select(sample => new SampleResult(sample.Name, sample.Name, 0)
                {
                    Shape = data.Shape,
                    Pixels = data.Image(sample.Index).ToArray(),
                }),
        ];
    }
}
