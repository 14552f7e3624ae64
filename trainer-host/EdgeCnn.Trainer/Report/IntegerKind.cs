using System;
using System.Linq;
using EdgeCnn.Managed;

namespace EdgeCnn.Trainer.Report;

/// <summary>What kind of integers a model computes with, in words for people.</summary>
public static class IntegerKind
{
    /// <summary><c>int8</c>, <c>int4 weights</c> where a layer has them, or <c>int16×8</c> where activations are int16.</summary>
    public static string Of(EdgeModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return model.Operators.Any(op => op.Name is nameof(Conv2DInt4) or nameof(FullyConnectedInt4)) ? "int4 weights"
            : model.Operators.Any(op => op.WeightBytes > 0 && op.Input.Type == ElementType.Int16) ? "int16×8"
            : "int8";
    }
}
