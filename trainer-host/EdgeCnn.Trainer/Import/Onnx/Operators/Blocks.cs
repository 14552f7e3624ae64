using System.Linq;
using EdgeCnn.Trainer.Export;

namespace EdgeCnn.Trainer.Import.Onnx.Operators;

/// <summary>DepthToSpace (modes DCR and CRD) and SpaceToDepth, between channels and blocks of places of N×C×H×W.</summary>
[Imports("DepthToSpace", "SpaceToDepth")]
internal sealed class Blocks : OnnxOperator
{
    public override bool KeepsQuantization(OnnxCall call) => true;

    public override int[][] Shapes(OnnxCall call)
    {
        call.RequireRank(0, 4, 4);
        int[] shape = call.Shape();
        int block = call.Integer("blocksize", 0);
        if (block is < 1 or > byte.MaxValue) throw call.Refuse($"a blocksize of {block} is not supported");
        if (call.Kind == "DepthToSpace")
            return shape[1] % (block * block) == 0
                ? [[shape[0], shape[1] / block / block, shape[2] * block, shape[3] * block]]
                : throw call.Refuse($"{shape[1]} channels can't be dealt out to blocks of {block}×{block}");
        return shape[2] % block == 0 && shape[3] % block == 0
            ? [[shape[0], shape[1] * block * block, shape[2] / block, shape[3] / block]]
            : throw call.Refuse($"the image does not divide into blocks of {block}×{block}");
    }

    public override FloatTensor[] Evaluate(OnnxCall call, FloatTensor[] inputs)
    {
        // N×C×H×W as N×H×W×C, then the result's N×H×W×C back to N×C×H×W.
        int[] shape = call.Shape(), result = Shapes(call)[0], last = [0, 2, 3, 1];
        int[] stored = [.. last.Select(axis => shape[axis])], moved = [.. last.Select(axis => result[axis])];
        FloatTensor image = inputs[0].Take(stored, StridedView.Of(shape).Transpose(last)).Take(moved, View(call, stored));
        return [image.Take(result, StridedView.Of(moved).Transpose(0, 3, 1, 2))];
    }

    public override void Translate(OnnxTranslation t)
    {
        int[] order = OnnxTranslation.ChannelsLast(4), shape = [.. order.Select(axis => t.OutputShape()[axis])];
        int tensor = t.Tensor(0, order);
        int moved = t.Activations.Moved(tensor, shape, View(t, [.. t.Activations.Model.Tensors[tensor].Shape]));
        t.Store(t.Requantized(moved, t.Result()), order);
    }

    /// <summary>The elements of an N×H×W×C image in the result's order.</summary>
    private static StridedView View(OnnxCall call, int[] image)
    {
        int block = call.Integer("blocksize", 0), depth = image[3];
        StridedView view = StridedView.Of(image);
        if (call.Kind == "SpaceToDepth") return view.Split(2, block).Split(1, block).Transpose(0, 1, 3, 2, 4, 5);
        return call.Text("mode", "DCR") == "CRD"
            ? view.Split(3, block).Split(3, block).Transpose(0, 1, 4, 2, 5, 3)
            : view.Split(3, depth / block).Split(4, depth / block / block).Transpose(0, 1, 3, 2, 4, 5);
    }
}
