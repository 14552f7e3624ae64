using System;
using System.Collections.Generic;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Layers;
using EdgeCnn.Trainer.Training;

namespace EdgeCnn.Trainer.Quantization;

/// <summary>One integer operator and the float layers that it stands for.</summary>
/// <param name="Layer">The layer that becomes the operator.</param>
/// <param name="Form">The operator.</param>
/// <param name="Min">Lowest output that the fused activations let through.</param>
/// <param name="Max">Highest such output.</param>
/// <param name="LastLayer">Index of the last layer that is fused into it: its activation is the operator's output.</param>
public sealed record Stage(Layer<float> Layer, OperatorForm Form, double Min, double Max, int LastLayer)
{
    /// <summary>What the operator's table holds, or null when it is not a table.</summary>
    public FunctionForm? Function { get; init; }

    /// <summary>The stages of a network, in execution order.</summary>
    /// <exception cref="ExportException">A layer has no integer form, or an activation has no operator before it.</exception>
    public static IReadOnlyList<Stage> Of(Network<float> network)
    {
        ArgumentNullException.ThrowIfNull(network);
        var stages = new List<Stage>();
        for (int i = 0; i < network.Layers.Count; i++)
        {
            Layer<float> layer = network.Layers[i];
            switch (layer.IntegerForm)
            {
                case OperatorForm form:
                    stages.Add(new Stage(layer, form, double.NegativeInfinity, double.PositiveInfinity, i));
                    break;
                case FunctionForm function:
                    stages.Add(TableOf(function, layer, i));
                    break;
                case ClampForm { Min: double.NegativeInfinity, Max: double.PositiveInfinity } when stages.Count == 0:
                    break;
                case ClampForm when stages.Count == 0:
                    throw new ExportException($"network[{i}] ({layer.Kind}) is an activation with no operator before it; move or remove it");
                case ClampForm clamp:
                    // An operator that only hands its input on or has no clamp gets a table behind it.
                    if (stages[^1].Form.ForInput is not null && (double.IsFinite(clamp.Min) || double.IsFinite(clamp.Max)))
                        stages.Add(TableOf(FunctionForm.Identity, layer, i));
                    stages[^1] = stages[^1] with
                    {
                        Min = Math.Max(stages[^1].Min, clamp.Min),
                        Max = Math.Min(stages[^1].Max, clamp.Max),
                        LastLayer = i,
                    };
                    break;
                default:
                    throw new ExportException($"network[{i}] ({layer.Kind}) has no integer operator; use another layer for networks that go to devices");
            }
        }
        return stages.Count > 0 ? stages : throw new ExportException("the network has no layer that becomes an operator");
    }

    private static Stage TableOf(FunctionForm function, Layer<float> layer, int index)
    {
        var form = new OperatorForm(Lookup.Code, OwnFields.None()) { KeepsDimensions = true };
        return new Stage(layer, form, double.NegativeInfinity, double.PositiveInfinity, index) { Function = function };
    }
}
