using System.Collections.Generic;
using System.Linq;

namespace EdgeCnn.Managed;

/// <summary>An operator as a host tool sees it.</summary>
/// <param name="Index">Position in execution order.</param>
/// <param name="Name">What kind of operator.</param>
/// <param name="Inputs">The tensors it reads.</param>
/// <param name="Output">The tensor it writes.</param>
/// <param name="Macs">Multiply-accumulate operations of one run.</param>
/// <param name="WeightBytes">Bytes of its weights in the file.</param>
/// <param name="ScratchBytes">Bytes of scratch memory while it runs.</param>
/// <param name="ScratchOffset">Where that is in the arena.</param>
public sealed record OperatorInfo(
    int Index, string Name, IReadOnlyList<TensorInfo> Inputs, TensorInfo Output, long Macs, long WeightBytes, long ScratchBytes,
    int ScratchOffset)
{
    /// <summary>The first tensor it reads.</summary>
    public TensorInfo Input => Inputs[0];

    internal static unsafe IReadOnlyList<OperatorInfo> ReadAll(byte* model)
    {
        var operators = new OperatorInfo[ModelFile.OperatorCount(model)];
        for (int i = 0; i < operators.Length; i++)
        {
            int op = ModelFile.Operator(model, i);
            operators[i] = new OperatorInfo(
                i,
                OperatorTable.Name(OperatorRecord.Code(model, op)),
                [.. Enumerable.Range(0, OperatorRecord.InputCount(model, op))
                    .Select(k => TensorInfo.Read(model, OperatorRecord.InputIndex(model, op, k)))],
                TensorInfo.Read(model, Memory.UInt16(model, op + OperatorRecord.OutputAt)),
                OperatorTable.Macs(model, op),
                OperatorTable.WeightBytes(model, op),
                OperatorTable.ScratchBytes(model, op),
                OperatorRecord.Scratch(model, op));
        }
        return operators;
    }
}
