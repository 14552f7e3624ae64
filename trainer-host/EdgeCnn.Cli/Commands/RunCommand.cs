using System.Collections.Generic;
using System.CommandLine;
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
    private readonly Option<string[]> _inputs = InputTensors.Option(required: true);
    private readonly Option<string[]> _outputs = TensorSinks.Option();
    private readonly Option<string?> _layers = new("--layers")
    {
        Description = "Write every operator's raw output here as tensor_N.bin, N being the tensor's number in the file",
        HelpName = "DIR",
    };
    private readonly Option<string[]> _deltas = DeltaPath.Option("What the model has learned ('learn' writes it, or a device)");

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
        string[] deltas = DeltaPath.Checked(arguments.GetValue(_deltas));
        using EdgeModel model = ModelPath.Open(modelPath, new ModelOptions { Deltas = deltas });
        string[] inputs = arguments.GetRequiredValue(_inputs), outputs = arguments.GetValue(_outputs) ?? [];
        IReadOnlyList<InputTensors> files = InputTensors.ReadAll(inputs, _inputs, model);
        if (outputs.Length > 0) InputTensors.Require(outputs, _outputs, model.Outputs, "output");
        var sinks = new TensorSinks(model, outputs, arguments.GetValue(_layers), [modelPath, .. inputs, .. deltas]);
        RunResult result = ModelRuns.Run(model, files, sinks, session);
        sinks.Write();
        return result;
    }
}
