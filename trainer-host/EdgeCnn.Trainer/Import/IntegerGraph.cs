using System;
using System.Linq;
using EdgeCnn.Trainer.Export;

namespace EdgeCnn.Trainer.Import;

/// <summary>The integer model while an import makes it, held to <see cref="ImportLimits"/>.</summary>
/// <param name="mayFuse">Whether operators that inference does not need may be dropped or fused.</param>
/// <param name="sourceBytes">Size of the file that is imported.</param>
internal sealed class IntegerGraph(bool mayFuse, int sourceBytes)
{
    private long _work, _constants, _activations;

    public IntegerModel Model { get; } = new();

    public bool MayFuse { get; } = mayFuse;

    /// <summary>Adds a tensor that no operator writes; its number.</summary>
    public int AddTensor(IntegerTensor tensor)
    {
        _activations += (long)tensor.Elements * ElementType.Bytes(tensor.Type);
        if (_activations > ImportLimits.ActivationBytes)
            throw new ImportException($"the model's activations have more than {ImportLimits.ActivationBytes >> 20} MiB together");
        Model.Tensors.Add(tensor);
        return Model.Tensors.Count - 1;
    }

    /// <summary>Adds an operator; the number of its output.</summary>
    public int Add(int code, int[] inputs, IntegerTensor output, byte[] own, Func<IntegerOperator, IntegerOperator> complete)
    {
        IntegerOperator op = complete(new IntegerOperator(code, inputs, Model.Tensors.Count, own));
        _work += WorkEstimate.Of(op, [.. inputs.Select(input => Model.Tensors[input])], output);
        _constants += WorkEstimate.ConstantBytes(op);
        if (_work > ImportLimits.Work) throw new ImportException($"the model needs more than {ImportLimits.Work} multiply-accumulates");
        if (_constants > ImportLimits.ConstantBytes(sourceBytes))
            throw new ImportException("the model's constants are used too many times");
        Model.Operators.Add(op);
        return AddTensor(output);
    }
}
