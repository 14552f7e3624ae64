using System;
using EdgeCnn.Trainer.Export;

namespace EdgeCnn.Trainer.Import.Tflite.Translators;

/// <summary>Operators that leave the elements and their order as they are.</summary>
internal static class Reshaping
{
    /// <summary>RESHAPE, SQUEEZE, EXPAND_DIMS: the output's shape is in the file, so the operand that computes it is not looked at.</summary>
    [Translates(TfliteOperator.Reshape, ShapeInputs = [1])]
    [Translates(TfliteOperator.Squeeze)]
    [Translates(TfliteOperator.ExpandDims, ShapeInputs = [1])]
    public static void Reshape(Translation t)
    {
        if (t.Input(0).Elements != t.Output().Elements) throw t.Refuse($"{t.Output()} has another number of elements");
        t.RequireSameQuantization(t.Input(0), t.Output());
        t.Add(EdgeCnn.Reshape.Code, [t.Input(0)], t.Output(), OwnFields.None());
    }
}
