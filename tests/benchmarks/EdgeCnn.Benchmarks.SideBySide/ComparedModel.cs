using System;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using EdgeCnn.Managed;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Import;

namespace EdgeCnn.Benchmarks.SideBySide;

/// <summary>A model that both sides run, and the random input that both are given.</summary>
internal sealed class ComparedModel : IDisposable
{
    /// <summary>Opens a model with one input and one output.</summary>
    /// <param name="name">What the table calls it.</param>
    /// <param name="path">An <c>.ecnn</c> file, or a file to import.</param>
    public ComparedModel(string name, string path)
    {
        byte[] file = Path.GetExtension(path) == ".ecnn"
            ? File.ReadAllBytes(path)
            : ModelWriter.Write(ModelImport.From(ModelImport.Read(path), path));
        Name = name;
        Plain = EdgeModel.Open(file, TileCode.Portable);
        Lowered = EdgeModel.Open(file);
        Input = new sbyte[Lowered.Inputs[0].Elements];
        new Random(Seed: 1).NextBytes(MemoryMarshal.AsBytes(Input.AsSpan()));
        Input.CopyTo(Lowered.Input);
        Lowered.Run();
        Real = [.. Lowered.Output.ToArray().Select(q => Lowered.Outputs[0].Dequantize(q))];
    }

    /// <summary>What the table calls it.</summary>
    public string Name { get; }

    /// <summary>As it is in the file, to be written for others.</summary>
    public EdgeModel Plain { get; }

    /// <summary>As EdgeCnn runs it here.</summary>
    public EdgeModel Lowered { get; }

    /// <summary>The input, channels last.</summary>
    public sbyte[] Input { get; }

    /// <summary>EdgeCnn's output for it, as real numbers.</summary>
    public float[] Real { get; }

    /// <summary>Multiply-accumulates of a run.</summary>
    public long Macs => Plain.Operators.Sum(op => op.Macs);

    /// <summary>A run on the input. Running overwrites it, and the numbers do not change the time, so it is set only once.</summary>
    public void Run() => Lowered.Run();

    /// <summary>Releases both.</summary>
    public void Dispose()
    {
        Plain.Dispose();
        Lowered.Dispose();
    }
}
