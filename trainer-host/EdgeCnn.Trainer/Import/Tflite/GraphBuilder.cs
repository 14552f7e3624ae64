using System;
using System.Collections.Generic;
using EdgeCnn.Trainer.Export;

namespace EdgeCnn.Trainer.Import.Tflite;

/// <summary>The integer model while it grows, and which of its tensors each tensor of the file has become.</summary>
internal sealed class GraphBuilder(bool mayFuse, int sourceBytes)
{
    private readonly IntegerGraph _graph = new(mayFuse, sourceBytes);
    private readonly Dictionary<int, int> _tensors = [];

    public IntegerModel Model => _graph.Model;

    public bool MayFuse => _graph.MayFuse;

    public static int? ElementTypeOf(TfliteType type) => type switch
    {
        TfliteType.Int8 => ElementType.Int8,
        TfliteType.Int16 => ElementType.Int16,
        TfliteType.Int32 => ElementType.Int32,
        TfliteType.UInt8 => ElementType.UInt8,
        _ => null,
    };

    public int? TensorOf(TfliteTensor tensor) => _tensors.TryGetValue(tensor.Index, out int index) ? index : null;

    public void AddInput(TfliteTensor tensor) => _tensors[tensor.Index] = _graph.AddTensor(Converted(tensor));

    public void Add(int code, int[] inputs, TfliteTensor output, byte[] own, Func<IntegerOperator, IntegerOperator> complete)
    {
        IntegerTensor tensor = Converted(output);
        _tensors[output.Index] = AddUnnamed(code, inputs, tensor, own, complete);
    }

    /// <summary>Adds an operator whose output is not a tensor of the file; the number of that output.</summary>
    public int AddUnnamed(int code, int[] inputs, IntegerTensor output, byte[] own, Func<IntegerOperator, IntegerOperator> complete) =>
        _graph.Add(code, inputs, output, own, complete);

    public void Alias(TfliteTensor input, TfliteTensor output)
    {
        if (TensorOf(input) is { } index) _tensors[output.Index] = index;
    }

    /// <summary>A tensor of the model becomes another one of the file, its operator having taken over the next one's work.</summary>
    public void Replace(int index, TfliteTensor output)
    {
        Model.Tensors[index] = Converted(output);
        _tensors[output.Index] = index;
    }

    private static IntegerTensor Converted(TfliteTensor tensor)
    {
        int[] shape = tensor.Shape.Length == 0 ? [1] : tensor.Shape;
        if (shape.Length > TensorRecord.MaxRank) throw new ImportException($"{tensor} has more than {TensorRecord.MaxRank} dimensions");
        return new IntegerTensor(shape, tensor.Quantization, ElementTypeOf(tensor.Type)!.Value, tensor.Index);
    }
}
