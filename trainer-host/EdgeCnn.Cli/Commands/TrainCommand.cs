using System;
using System.CommandLine;
using System.IO;
using EdgeCnn.Cli.Files;
using EdgeCnn.Cli.Rendering;
using EdgeCnn.Cli.Results;
using EdgeCnn.Cli.Terminal;
using EdgeCnn.Cli.Training;
using EdgeCnn.Trainer.Recipes;

namespace EdgeCnn.Cli.Commands;

/// <summary><c>edgecnn train RECIPE</c></summary>
internal sealed class TrainCommand : ToolCommand<TrainResult>
{
    private const int DefaultPort = 8321;

    private readonly Argument<string> _recipe = new("RECIPE") { Description = "The recipe (.json): data, network, training, quantization" };
    private readonly Option<string?> _data = TrainingOptions.Data();
    private readonly Option<int?> _epochs = TrainingOptions.Epochs();
    private readonly Option<ulong?> _seed = TrainingOptions.Seed();
    private readonly Option<int> _threads = TrainingOptions.Threads();
    private readonly Option<string?> _out = new("--out")
    {
        Description = $"Folder for {ModelBuild.Files}; by default the recipe's own",
        HelpName = "DIR",
    };

    private readonly Option<int> _checkpoint = TrainingOptions.Checkpoint();
    private readonly Option<bool> _resume = new("--resume") { Description = "Go on with the training that was interrupted" };
    private readonly Option<bool> _restart = new("--restart") { Description = "Begin again although a training was interrupted" };

    private readonly Option<bool> _serve = new("--serve") { Description = "Show the training on a page for browsers of this computer" };
    private readonly Option<int?> _port = TrainingOptions.Port();

    public TrainCommand()
        : base(
            "train",
            "Train a recipe's network, quantize it, check it, and write the model.",
            TrainText.Write)
    {
        Add(_recipe);
        Add(_data);
        Add(_epochs);
        Add(_seed);
        Add(_threads);
        Add(_out);
        Add(_resume);
        Add(_restart);
        Add(_checkpoint);
        Add(_serve);
        Add(_port);
    }

    public override string Notes =>
        $"""
        When all is done there are: the model, {ModelBuild.ModelFile}; the float network for 'compare', {ModelBuild.FloatFile};
        a page about both, {ModelBuild.CardFile}; and how every epoch went, {TrainingFiles.LogFile}.
        Until then the file '{TrainingFiles.CheckpointFile}' keeps the training, whatever ends it: Ctrl-C (exit code 130), a kill, a
        power cut. The same command with --resume goes on from there and gives the same bits as if nothing had happened.
        """;

    public override Example[] Examples =>
    [
        new("train models/drawn-digits/recipe.json", "needs no data files"),
        new("train models/lenet5/recipe.json --data MNIST --out out/lenet5", "LeNet-5 on the IDX files of MNIST"),
        new("train models/lenet5/recipe.json --data MNIST --out out/lenet5 --resume", "goes on after an interruption"),
        new("train models/drawn-digits/recipe.json --out out/digits --serve", "with curves to watch at http://127.0.0.1:8321/"),
        new("train models/drawn-digits/recipe.json --epochs 1 --seed 7 --out out/quick --json", "a quick try, as JSON"),
    ];

    protected override TrainResult Execute(ParseResult arguments, Session session)
    {
        string path = InputPath.OfFile(arguments.GetRequiredValue(_recipe), "recipe (.json)");
        string output = arguments.GetValue(_out) ?? Path.GetDirectoryName(path) ?? "";
        string? data = arguments.GetValue(_data);
        int? epochs = arguments.GetValue(_epochs);
        ulong? seed = arguments.GetValue(_seed);
        // For the card: what decides the result, and no path of this machine.
        string command = $"{CommandLine.ToolName} train {Path.GetFileName(path)}{(data is null ? "" : " --data DIR")}"
            + $"{(epochs is null ? "" : $" --epochs {epochs}")}{(seed is null ? "" : $" --seed {seed}")}";
        var request = new BuildRequest(Recipe.Load(path), data, output, arguments.GetValue(_threads), command)
        {
            Epochs = epochs,
            Seed = seed,
            CheckpointInterval = TimeSpan.FromSeconds(arguments.GetValue(_checkpoint)),
            Interrupted = InterruptedOf(arguments),
            Port = PortOf(arguments),
        };
        return ModelBuild.Run(request, session).Result;
    }

    private int? PortOf(ParseResult arguments) => (arguments.GetValue(_serve), arguments.GetValue(_port)) switch
    {
        (false, not null) => throw new UsageException("--port is for the live page; add --serve."),
        (false, null) => null,
        (true, var port) => port ?? DefaultPort,
    };

    private Interrupted InterruptedOf(ParseResult arguments) => (arguments.GetValue(_resume), arguments.GetValue(_restart)) switch
    {
        (true, true) => throw new UsageException("--resume and --restart exclude each other; give one of them."),
        (true, false) => Interrupted.Resume,
        (false, true) => Interrupted.Restart,
        _ => Interrupted.Refuse,
    };
}
