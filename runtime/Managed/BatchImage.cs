using System;
using System.Collections.Generic;
using System.Linq;

namespace EdgeCnn.Managed;

/// <summary>Runs one image of a batch in an arena; inputs come from, and outputs go to, memory that holds image after image.</summary>
internal sealed unsafe class BatchImage
{
    private readonly byte* _model;
    private readonly (int Offset, int Bytes)[] _inputs, _outputs;
    private readonly int[] _pixels;
    private readonly bool _learns;

    internal BatchImage(byte* model, IReadOnlyList<TensorInfo> inputs, IReadOnlyList<TensorInfo> outputs, bool learns)
    {
        _model = model;
        _learns = learns;
        _inputs = [.. inputs.Select(Place)];
        _outputs = [.. outputs.Select(Place)];
        _pixels = [.. inputs.Select(input => input.Elements)];
        (InputBytes, OutputBytes) = (_inputs.Sum(input => input.Bytes), _outputs.Sum(output => output.Bytes));
        PixelBytes = inputs.All(input => input.HasPreprocessing) ? _pixels.Sum() : 0;
    }

    /// <summary>Bytes of all inputs together.</summary>
    internal int InputBytes { get; }

    /// <summary>Bytes of all outputs together.</summary>
    internal int OutputBytes { get; }

    /// <summary>Pixels of all inputs together; 0 when one of them has no preprocessing.</summary>
    internal int PixelBytes { get; }

    /// <summary>Runs image <paramref name="index"/> of a batch.</summary>
    internal void Run(byte* arena, in BatchJob job, int index)
    {
        byte* from = job.Inputs + (long)index * (job.ArePixels ? PixelBytes : InputBytes), to = job.Outputs + (long)index * OutputBytes;
        for (int i = 0; i < _inputs.Length; i++)
        {
            if (job.ArePixels) Normalize.Pixels(_model, i, from, 0, arena);
            else Buffer.MemoryCopy(from, arena + _inputs[i].Offset, _inputs[i].Bytes, _inputs[i].Bytes);
            from += job.ArePixels ? _pixels[i] : _inputs[i].Bytes;
        }
        if (_learns) Learner.Run(_model, arena);
        else Interpreter.Run(_model, arena);
        foreach ((int offset, int bytes) in _outputs)
        {
            Buffer.MemoryCopy(arena + offset, to, bytes, bytes);
            to += bytes;
        }
    }

    /// <summary>Where a tensor is in the arena of the model that runs, which is not always that of the file.</summary>
    private (int Offset, int Bytes) Place(TensorInfo tensor) =>
        (TensorRecord.ArenaOffset(_model, ModelFile.Tensor(_model, tensor.Index)), tensor.ByteCount);
}

/// <summary>A batch.</summary>
/// <param name="inputs">The inputs, image after image.</param>
/// <param name="arePixels">Whether they are pixels and not the inputs' own bytes.</param>
/// <param name="outputs">Where the outputs go, image after image.</param>
/// <param name="count">Number of images.</param>
internal readonly unsafe struct BatchJob(byte* inputs, bool arePixels, byte* outputs, int count)
{
    internal readonly byte* Inputs = inputs, Outputs = outputs;
    internal readonly bool ArePixels = arePixels;
    internal readonly int Count = count;
}
