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

namespace EdgeCnn.Cli.Commands;

/// <summary><c>edgecnn import FILE</c></summary>
internal sealed class ImportCommand : ToolCommand<ImportResult>
{
    private readonly Argument<string> _source = new("FILE") { Description = "A quantized TensorFlow Lite model (.tflite)" };
    private readonly Option<string?> _out = new("--out", "-o")
    {
        Description = "The model file to write; by default the source's name with .ecnn",
        HelpName = "FILE",
    };
    private readonly Option<bool> _keep = new("--no-fuse")
    {
        Description = "Keep every tensor of the source, to compare layer by layer",
    };

    public ImportCommand()
        : base("import", "Turn a quantized model from elsewhere into a model file with the same answers, bit for bit.", ImportText.Write)
    {
        Add(_source);
        Add(_out);
        Add(_keep);
    }

    public override string Notes =>
        """
        TensorFlow Lite: int8 (and int16) models of one subgraph; the results equal TensorFlow Lite Micro's reference kernels.
        What can't be imported is named, all of it at once, with operator, shapes and reason; nothing is written then.
        """;

    public override Example[] Examples =>
    [
        new("import keyword.tflite -o out/keyword.ecnn", "from TensorFlow Lite"),
        new("import keyword.tflite --no-fuse -o all.ecnn", "with every tensor, for 'run --layers'"),
    ];

    protected override ImportResult Execute(ParseResult arguments, Session session)
    {
        string path = InputPath.OfFile(arguments.GetRequiredValue(_source), "model to import (.tflite)");
        string output = arguments.GetValue(_out) ?? Path.ChangeExtension(path, ".ecnn");
        OutputFolder folder = OutputFolder.Of(output, path);
        byte[] source = ModelImport.Read(path);
        byte[] model = ModelWriter.Write(ModelImport.From(source, path, !arguments.GetValue(_keep)));
        using EdgeModel opened = EdgeModel.Open(model);
        folder.Create();
        AtomicFile.Write(output, model);
        return new ImportResult(
            source.Length, model.Length, opened.Info.ArenaBytes, opened.Operators.Count, opened.Info.ModelId, output);
    }
}
