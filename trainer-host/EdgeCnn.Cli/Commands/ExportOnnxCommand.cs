using System.CommandLine;
using System.IO;
using EdgeCnn.Cli.Files;
using EdgeCnn.Cli.Rendering;
using EdgeCnn.Cli.Results;
using EdgeCnn.Cli.Terminal;
using EdgeCnn.Cli.Training;
using EdgeCnn.Managed;
using EdgeCnn.Trainer;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Export.Onnx;
using EdgeCnn.Trainer.Training;

namespace EdgeCnn.Cli.Commands;

/// <summary><c>edgecnn export-onnx NETWORK</c></summary>
internal sealed class ExportOnnxCommand : ToolCommand<ExportOnnxResult>
{
    private readonly Argument<string> _network = new("NETWORK")
    {
        Description = "The float network (.ecfloat), or the folder that 'train' wrote",
    };

    private readonly Option<string?> _out = new("--out", "-o")
    {
        Description = "The file to write; by default the network's name with .onnx",
        HelpName = "FILE",
    };

    public ExportOnnxCommand()
        : base("export-onnx", "Write a float network as ONNX.", ExportOnnxText.Write)
    {
        Add(_network);
        Add(_out);
    }

    public override string Notes =>
        """
        ONNX opset 17, images as N×C×H×W. The input is what the network sees, pixels after the recipe's normalization, which the
        file's description states; the output is the scores. A layer that ONNX has nothing like is refused by its name.
        """;

    public override Example[] Examples =>
    [
        new("export-onnx out/lenet5", "the network of a training, as out/lenet5/model.onnx"),
        new("export-onnx out/lenet5/model.ecfloat -o lenet5.onnx", "the same, elsewhere"),
    ];

    protected override ExportOnnxResult Execute(ParseResult arguments, Session session)
    {
        string named = arguments.GetRequiredValue(_network);
        string path = InputPath.OfFile(
            Directory.Exists(named) ? Path.Combine(named, ModelBuild.FloatFile) : named, "float network (.ecfloat)");
        string output = arguments.GetValue(_out) ?? Path.ChangeExtension(path, ".onnx");
        OutputFolder folder = OutputFolder.Of(output, path);
        SavedNetwork saved = NetworkSerializer.Load(path);
        byte[] file = Export(path, saved);
        folder.Create();
        AtomicFile.Write(output, file);
        return new ExportOnnxResult(file.Length, saved.Network.ParameterCount, output);
    }

    private static byte[] Export(string path, SavedNetwork saved)
    {
        try
        {
            return OnnxExport.ToBytes(saved.Recipe, saved.Network);
        }
        catch (ExportException refused)
        {
            throw new RefusedException($"{path}: {refused.Message}");
        }
    }
}
