using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using EdgeCnn.Cli.Files;
using EdgeCnn.Cli.Inference;
using EdgeCnn.Cli.Rendering;
using EdgeCnn.Cli.Results;
using EdgeCnn.Cli.Terminal;
using EdgeCnn.Managed;

namespace EdgeCnn.Cli.Commands;

/// <summary><c>edgecnn run MODEL --input FILE</c></summary>
internal sealed class RunCommand : ToolCommand<RunResult>
{
    private readonly Argument<string> _model = ModelPath.Argument();
    private readonly Option<string[]> _inputs = new("--input", "-i")
    {
        Description = "A raw tensor (.bin), picture, sound or IDX file; repeat it in the model's order when there are several inputs",
        HelpName = "FILE",
        Required = true,
    };
    private readonly Option<string[]> _outputs = new("--output", "-o")
    {
        Description = "Write the raw output here; repeat it in the model's order when there are several outputs",
        HelpName = "FILE",
    };
    private readonly Option<string?> _layers = new("--layers")
    {
        Description = "Write every operator's raw output here as tensor_N.bin, N being the tensor's number in the file",
        HelpName = "DIR",
    };

    private readonly Option<string[]> _deltas = new("--delta")
    {
        Description = "What the model has learned ('learn' writes it, or a device); repeat it for several, which add up",
        HelpName = "FILE",
    };

    public RunCommand()
        : base(
            "run",
            "Run a model on a file: one result per image.",
            RunText.Write)
    {
        Add(_model);
        Add(_inputs);
        Add(_outputs);
        Add(_layers);
        Add(_deltas);
    }

    public override string Notes =>
        """
        An input file is one of
          .bin                 raw tensors, row-major NHWC, one behind the other;
          IDX, IDX.gz          images of the input's size;
          .jpg .png .bmp .ppm  a picture, cropped and resized to the input;
          .wav                 a sound, for a model that was trained on sounds.
        All but raw tensors go through the model's own preprocessing.
        A file of several images gives several results. With --json, 'outputs' holds every output of the first
        image, then of the second, ...; 'hashes' the hash of every operator's output for the first image, then
        for the second, ... Files hold the same order.
        """;

    public override Example[] Examples =>
    [
        new("run model.ecnn --input t10k-images-idx3-ubyte.gz", "classify every image of an IDX file"),
        new("run model.ecnn --input photo.jpg", "classify a picture"),
        new("run model.ecnn --input digit.bin --output scores.bin --json", "a raw tensor in, a raw tensor out"),
        new("run model.ecnn --input photo.jpg --delta mine.ecdelta", "with what it has learned"),
        new("run model.ecnn --input digit.bin --layers layers/", "what every operator gives, to compare with a device"),
    ];

    protected override RunResult Execute(ParseResult arguments, Session session)
    {
        string modelPath = arguments.GetRequiredValue(_model);
        string[] deltas = [.. (arguments.GetValue(_deltas) ?? []).Select(path => InputPath.OfFile(path, "delta"))];
        using EdgeModel model = ModelPath.Open(modelPath, new ModelOptions { Deltas = deltas });
        string[] inputs = arguments.GetRequiredValue(_inputs), outputs = arguments.GetValue(_outputs) ?? [];
        Require(inputs, _inputs, model.Inputs, "input");
        if (outputs.Length > 0)
            Require(outputs, _outputs, model.Outputs, "output");
        InputTensors[] files = [.. inputs.Select((path, i) => InputTensors.Read(path, model.Inputs[i], i))];
        if (files.FirstOrDefault(file => file.Count != files[0].Count) is { } other)
            throw new RefusedException(
                $"{other.Path}: holds {other.Count} tensors, but {files[0].Path} holds {files[0].Count}; give as many for every input");
        var sinks = new TensorSinks(model, outputs, arguments.GetValue(_layers), [modelPath, .. inputs, .. deltas]);
        RunResult result = ModelRuns.Run(model, files, sinks, session);
        sinks.Write();
        return result;
    }

    private static void Require(string[] given, Option option, IReadOnlyList<TensorInfo> tensors, string what)
    {
        if (given.Length != tensors.Count)
            throw new UsageException(
                $"The model has {tensors.Count} {what}(s) ({string.Join(", ", tensors.Select(tensor => tensor.Name))}), "
                + $"{option.Name} was given {given.Length} time(s); give it once for each.");
    }
}
