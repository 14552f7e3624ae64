using System;
using System.Collections.Generic;
using System.Linq;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Quantization;

namespace EdgeCnn.Trainer.Import.Onnx;

/// <summary>
/// Which tensor of the integer model each activation has become, and in which order its axes lie there. ONNX has channels second, the
/// runtime has them last: an activation stays as its operator wrote it, Transpose only renames its axes, and elements are moved where an
/// operator needs another order.
/// </summary>
internal sealed class OnnxActivations(OnnxGraph graph, QuantizationPlan plan, IntegerGraph integers)
{
    /// <summary>Axis i of the tensor is the activation's axis Order[i].</summary>
    private sealed record Stored(int Tensor, int[] Order);

    private readonly Dictionary<string, Stored> _stored = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Name, string Order), int> _reordered = [];
    private readonly Dictionary<(int Tensor, QuantizationParameters Quantization), int> _requantized = [];

    /// <summary>Activations that are another one in rows, not yet moved into ONNX's order.</summary>
    private readonly Dictionary<string, string> _flattened = new(StringComparer.Ordinal);

    public QuantizationPlan Plan { get; } = plan;

    public IntegerGraph Integers { get; } = integers;

    public IntegerModel Model => Integers.Model;

    public bool IsStored(string name) => _stored.ContainsKey(name) || _flattened.ContainsKey(name);

    public void Store(string name, int tensor, int[] order) => _stored[name] = new Stored(tensor, order);

    /// <summary>Says that an activation is another under a new name.</summary>
    public void StoreSame(string from, string name)
    {
        if (_stored.TryGetValue(from, out Stored? stored)) _stored[name] = stored;
        else if (_flattened.TryGetValue(from, out string? rows)) _flattened[name] = rows;
    }

    /// <summary>Says that an activation is another one with all axes but the first joined.</summary>
    public void StoreFlattened(string from, string name) => _flattened[name] = from;

    /// <summary>The activation whose rows this one is, if they are not yet in ONNX's order.</summary>
    public string? BeforeFlattening(string name) => _stored.ContainsKey(name) ? null : _flattened.GetValueOrDefault(name);

    public int[]? OrderOf(string name) => Find(name)?.Order;

    /// <summary>The tensor of an activation with its axes in a given order.</summary>
    public int? Tensor(string name, int[] order)
    {
        if (Find(name) is not { } stored) return null;
        if (stored.Order.SequenceEqual(order)) return stored.Tensor;
        (string, string) key = (name, string.Join(',', order));
        if (_reordered.TryGetValue(key, out int found)) return found;
        IntegerTensor tensor = Model.Tensors[stored.Tensor];
        int[] moves = [.. order.Select(axis => Array.IndexOf(stored.Order, axis))];
        return _reordered[key] = Moved(stored.Tensor, [.. moves.Select(axis => tensor.Shape[axis])],
            StridedView.Of(tensor.Shape).Transpose(moves));
    }

    /// <summary>The elements that a view takes of a tensor, as a tensor of their own.</summary>
    public int Moved(int tensor, int[] shape, StridedView view)
    {
        if (view.IsContiguous && view.Elements == Model.Tensors[tensor].Elements) return Reshaped(tensor, shape);
        byte[] parameters = view.ToParams();
        return Add(StridedCopy.Code, tensor, Model.Tensors[tensor] with { Shape = shape }, op => op with { Params = parameters });
    }

    public int Reshaped(int tensor, int[] shape) => Model.Tensors[tensor].Shape.SequenceEqual(shape)
        ? tensor
        : Add(Reshape.Code, tensor, Model.Tensors[tensor] with { Shape = shape }, op => op);

    /// <summary>The tensor in another quantization: a table of 256 bytes, ties to even as ONNX rounds.</summary>
    public int Requantized(int tensor, QuantizationParameters wanted)
    {
        IntegerTensor source = Model.Tensors[tensor];
        if (source.Quantization == wanted) return tensor;
        if (_requantized.TryGetValue((tensor, wanted), out int found)) return found;
        byte[] table = LookupTable.Function(source.Quantization, wanted, x => x);
        return _requantized[(tensor, wanted)] =
            Add(Lookup.Code, tensor, source with { Quantization = wanted }, op => op with { Constant = table });
    }

    private int Add(int code, int input, IntegerTensor output, Func<IntegerOperator, IntegerOperator> complete)
    {
        if (output.Shape.Count > TensorRecord.MaxRank)
            throw new ExportException($"a result has more than {TensorRecord.MaxRank} dimensions");
        return Integers.Add(code, [input], output, OwnFields.None(), complete);
    }

    private Stored? Find(string name)
    {
        if (_stored.TryGetValue(name, out Stored? stored)) return stored;
        if (!_flattened.TryGetValue(name, out string? from)) return null;
        int rank = graph.Shapes[from].Length;
        if (Tensor(from, OnnxTranslation.InOrder(rank)) is not { } inOrder) return null;
        return _stored[name] = new Stored(Reshaped(inOrder, graph.Shapes[name]), OnnxTranslation.InOrder(graph.Shapes[name].Length));
    }
}
