using System.Linq;
using EdgeCnn.Trainer.Export;

namespace EdgeCnn.Trainer.Import.Onnx.Operators;

/// <summary>Concat: any number of tensors along an axis, all brought to the result's quantization.</summary>
[Imports("Concat")]
internal sealed class Concat : OnnxOperator
{
    public override bool InheritsQuantization => true;

    public override int[][] Shapes(OnnxCall call)
    {
        int rank = call.Rank(), axis = call.Axis(call.Integer("axis", 1), rank);
        int[] shape = [.. call.Shape()];
        for (int i = 1; i < call.InputCount; i++)
        {
            int[] other = call.Shape(i);
            if (other.Length != rank || other.Where((size, at) => at != axis && size != shape[at]).Any())
                throw call.Refuse("the inputs do not fit together");
            shape[axis] = checked(shape[axis] + other[axis]);
        }
        return [shape];
    }

    public override FloatTensor[] Evaluate(OnnxCall call, FloatTensor[] inputs)
    {
        int[] shape = Shapes(call)[0];
        int axis = call.Axis(call.Integer("axis", 1), shape.Length), outer = FloatTensor.Count(shape[..axis]);
        float[][][] parts = [.. inputs.Select(input => input.Values.Chunk(input.Values.Length / outer).ToArray())];
        return [new FloatTensor(shape, [.. Enumerable.Range(0, outer).SelectMany(o => parts.SelectMany(part => part[o]))])];
    }

    public override void Translate(OnnxTranslation t)
    {
        int[] order = t.Order(), shape = t.OutputShape();
        if (t.InputCount > byte.MaxValue) throw t.Refuse("there are too many inputs");
        int place = OnnxTranslation.Place(order, t.Axis(t.Integer("axis", 1), shape.Length));
        int[] inputs = [.. Enumerable.Range(0, t.InputCount).Select(i => t.Requantized(t.Tensor(i, order), t.Result()))];
        int outer = FloatTensor.Count(order.Take(place).Select(axis => shape[axis]));
        t.Add(EdgeCnn.Concat.Code, inputs, order, OwnFields.Concat(inputs.Length, outer), op => op with
        {
            Params = SectionBuilder.UInt16s(op.Inputs),
            HasInputList = true,
        });
    }
}
