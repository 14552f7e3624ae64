using System;
using System.IO;
using System.Linq;
using EdgeCnn.Benchmarks.SideBySide.Onnx;
using EdgeCnn.Benchmarks.SideBySide.OnnxRuntime;
using EdgeCnn.Managed;

namespace EdgeCnn.Benchmarks.SideBySide;

/// <summary>A form in which ONNX Runtime is given a model.</summary>
/// <param name="Name">What results call it.</param>
/// <param name="Numbers">How the graph holds its numbers.</param>
/// <param name="IsInteger">Whether it computes with 8 bits.</param>
internal sealed record PeerForm(string Name, INumbers Numbers, bool IsInteger)
{
    /// <summary>The forms that are tried; of the 8-bit ones, which is faster depends on the model.</summary>
    public static PeerForm[] All { get; } =
    [
        new("float32", new FloatNumbers(), false),
        new("u8s8", new QuantizedNumbers(OnnxType.UInt8), true),
        new("s8s8", new QuantizedNumbers(OnnxType.Int8), true),
    ];
}

/// <summary>A model in ONNX Runtime, its input filled.</summary>
internal sealed unsafe class Peer : IDisposable
{
    private readonly OrtSession _session;
    private readonly int _outputs;

    /// <summary>Writes the model's graph and loads it.</summary>
    /// <param name="library">ONNX Runtime.</param>
    /// <param name="model">The model.</param>
    /// <param name="form">In which form.</param>
    /// <param name="folder">Where the graph is kept, as written and as optimized; null: nowhere.</param>
    public Peer(OrtLibrary library, ComparedModel model, PeerForm form, string? folder)
    {
        Form = form;
        byte[] graph = OnnxExport.Write(model.Plain, form.Numbers);
        string? path = folder is null ? null : Path.Combine(folder, $"{model.Name}-{form.Name}");
        if (path is not null) File.WriteAllBytes($"{path}.onnx", graph);
        TensorInfo input = model.Plain.Inputs[0], output = model.Plain.Outputs[0];
        _session = new OrtSession(
            library, graph, form.Numbers.InputType, OnnxExport.ShapeOf(input), OnnxExport.ShapeOf(output),
            path is null ? null : $"{path}-optimized.onnx");
        _outputs = output.Elements;
        int channels = input.Shape[^1], places = input.Elements / channels;
        for (int i = 0; i < input.Elements; i++)
            form.Numbers.SetInput(_session.Input, i % channels * places + i / channels, input, model.Input[i]);
        Run();
        StepsOff = model.Real.Zip(Real.ToArray(), (ours, theirs) => Math.Abs(ours - theirs)).Max() / output.Scale;
    }

    /// <summary>In which form.</summary>
    public PeerForm Form { get; }

    /// <summary>Largest difference of an output from EdgeCnn's, in steps of that output's integers.</summary>
    public float StepsOff { get; }

    private ReadOnlySpan<float> Real => new(_session.Output, _outputs);

    /// <summary>Runs the model on the input.</summary>
    public void Run() => _session.Run();

    /// <summary>Releases the session.</summary>
    public void Dispose() => _session.Dispose();
}
