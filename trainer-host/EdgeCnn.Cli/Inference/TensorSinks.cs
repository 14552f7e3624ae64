using System;
using System.Buffers;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using EdgeCnn.Cli.Files;
using EdgeCnn.Managed;
using EdgeCnn.Trainer;

namespace EdgeCnn.Cli.Inference;

/// <summary>
/// The files that <c>run</c> writes: outputs and operators' outputs as raw integers, one run behind the other. Collected in memory and written
/// at the end, each whole or not at all.
/// </summary>
internal sealed class TensorSinks
{
    private readonly List<Sink> _outputs = [];
    private readonly List<Sink> _layers = [];

    /// <summary>The --output option.</summary>
    public static Option<string[]> Option() => new("--output", "-o")
    {
        Description = "Write the raw output here; repeat it in the model's order when there are several outputs",
        HelpName = "FILE",
    };

    /// <summary>Checks that the files can be written.</summary>
    /// <exception cref="Terminal.RefusedException">They can't.</exception>
    /// <param name="model">The model that will run.</param>
    /// <param name="outputs">A file for each output of the model, or none.</param>
    /// <param name="layerFolder">Folder for the operators' outputs, or null.</param>
    /// <param name="read">The files that the command reads; none of them is replaced.</param>
    public TensorSinks(EdgeModel model, IReadOnlyList<string> outputs, string? layerFolder, IReadOnlyList<string> read)
    {
        for (int i = 0; i < outputs.Count; i++)
            _outputs.Add(new Sink(OutputFolder.Of(outputs[i], read), Path.GetFileName(outputs[i]), model.Outputs[i]));
        if (layerFolder is null)
            return;
        TensorInfo[] tensors = [.. model.Operators.Select(op => op.Output)];
        var folder = new OutputFolder(layerFolder, [.. tensors.Select(NameOf)]);
        _layers.AddRange(tensors.Select(tensor => new Sink(folder, NameOf(tensor), tensor)));
    }

    /// <summary>Whether operators' outputs are wanted.</summary>
    public bool WantsLayers => _layers.Count > 0;

    /// <summary>Takes the outputs after a run.</summary>
    public void AddOutputs(EdgeModel model)
    {
        foreach (Sink sink in _outputs)
            sink.Add(model.Bytes(sink.Tensor));
    }

    /// <summary>Takes the output of one operator after its step.</summary>
    public void AddLayer(int operation, ReadOnlySpan<byte> values) => _layers[operation].Add(values);

    /// <summary>Writes all files.</summary>
    public void Write()
    {
        foreach (Sink sink in _outputs.Concat(_layers))
            sink.Write();
    }

    /// <summary>An imported model's tensors keep the numbers that they have in the source.</summary>
    private static string NameOf(TensorInfo tensor) =>
        FormattableString.Invariant($"tensor_{(tensor.Source >= 0 ? tensor.Source : tensor.Index)}.bin");

    private sealed record Sink(OutputFolder Folder, string Name, TensorInfo Tensor)
    {
        private readonly ArrayBufferWriter<byte> _content = new();

        public void Add(ReadOnlySpan<byte> values) => _content.Write(values);

        public void Write()
        {
            Folder.Create();
            AtomicFile.Write(Folder.File(Name), _content.WrittenMemory);
        }
    }
}
