using System.CommandLine;
using System.IO;
using EdgeCnn.Cli.Files;
using EdgeCnn.Cli.Rendering;
using EdgeCnn.Cli.Results;
using EdgeCnn.Cli.Terminal;
using EdgeCnn.Managed;
using EdgeCnn.Trainer;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Import;
using EdgeCnn.Trainer.Import.Onnx.Calibration;

namespace EdgeCnn.Cli.Commands;

/// <summary><c>edgecnn import FILE</c></summary>
internal sealed class ImportCommand : ToolCommand<ImportResult>
{
    private readonly Argument<string> _source = new("FILE") { Description = "A TensorFlow Lite (.tflite) or ONNX (.onnx) model" };
    private readonly Option<string?> _out = new("--out", "-o")
    {
        Description = "The model file to write; by default the source's name with .ecnn",
        HelpName = "FILE",
    };
    private readonly Option<string?> _calibrate = new("--calibrate")
    {
        Description = "Folder of example inputs that an ONNX model in float is quantized with: .npy files, or IDX images",
        HelpName = "FOLDER",
    };
    private readonly Option<bool> _keep = new("--no-fuse")
    {
        Description = "Keep every tensor of the source, to compare layer by layer",
    };

    public ImportCommand()
        : base("import", "Turn a model from TensorFlow Lite or ONNX into a model file.", ImportText.Write)
    {
        Add(_source);
        Add(_out);
        Add(_calibrate);
        Add(_keep);
    }

    public override string Notes =>
        """
        TensorFlow Lite: int8 (and int16) models of one subgraph; the results equal TensorFlow Lite Micro's reference kernels.
        ONNX: models quantized to int8 or uint8 (QDQ, or QLinear operators); each operator is within a step of ONNX's definition.
        Models in float are quantized here, with ranges from example inputs. Images are N×H×W×C in the model file.
        What can't be imported is named, all of it at once, with operator, shapes and reason; nothing is written then.
        """;

    public override Example[] Examples =>
    [
        new("import keyword.tflite -o out/keyword.ecnn", "from TensorFlow Lite"),
        new("import keyword.onnx -o out/keyword.ecnn", "from ONNX, quantized"),
        new("import keyword.onnx --calibrate examples", "from ONNX in float, with example inputs"),
        new("import keyword.tflite --no-fuse -o all.ecnn", "with every tensor, for 'run --layers'"),
    ];

    protected override ImportResult Execute(ParseResult arguments, Session session)
    {
        string path = InputPath.OfFile(arguments.GetRequiredValue(_source), "model to import (.tflite or .onnx)");
        string output = arguments.GetValue(_out) ?? Path.ChangeExtension(path, ".ecnn");
        OutputFolder folder = OutputFolder.Of(output, path);
        ExampleFolder? examples = arguments.GetValue(_calibrate) is { } calibrate
            ? new ExampleFolder(InputPath.OfFolder(calibrate, "example inputs"))
            : null;
        byte[] source = ModelImport.Read(path);
        byte[] model = ModelWriter.Write(ModelImport.From(source, path, !arguments.GetValue(_keep), examples));
        using EdgeModel opened = EdgeModel.Open(model);
        folder.Create();
        AtomicFile.Write(output, model);
        return new ImportResult(
            source.Length, model.Length, opened.Info.ArenaBytes, opened.Operators.Count, opened.Info.ModelId, output);
    }
}
