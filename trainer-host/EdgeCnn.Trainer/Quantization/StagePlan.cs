using System;
using System.Collections.Generic;
using System.Linq;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Layers;
using EdgeCnn.Trainer.Training;

namespace EdgeCnn.Trainer.Quantization;

/// <summary>Groups the layers of a network into stages: what is fused into which operator.</summary>
internal sealed class StagePlan
{
    private readonly Network<float> _network;
    private readonly List<Stage> _stages = [];
    private readonly int[] _stageOf;

    public StagePlan(Network<float> network)
    {
        (_network, _stageOf) = (network, new int[network.Layers.Count]);
        for (int layer = 0; layer < network.Layers.Count; layer++) _stageOf[layer] = StageFor(layer);
        if (_stages.Count == 0) throw new ExportException("the network has no layer that becomes an operator");
    }

    /// <summary>The stages, in execution order.</summary>
    public IReadOnlyList<Stage> Stages => _stages;

    private int StageFor(int layer)
    {
        Layer<float> described = _network.Layers[layer];
        return described.IntegerForm switch
        {
            OperatorForm form => Append(layer, form, StageWeights.Of(described, form.WeightFactor)),
            FunctionForm or SumForm => Append(layer, described.IntegerForm, null),
            JoinForm form => Join(layer, form),
            ClampForm clamp => Clamp(layer, clamp),
            AffineForm affine => Scale(layer, affine.Factors()),
            _ => throw new ExportException(
                $"{Describe(layer)} has no integer operator; use another layer for networks that go to devices"),
        };
    }

    private int Clamp(int layer, ClampForm clamp)
    {
        if (Fusable(layer) is not { } stage)
        {
            // What lets everything through is nothing.
            if (clamp.IsOpen) return StageOf(_network.Wiring.InputsOf(layer)[0]);
            throw new ExportException(
                $"{Describe(layer)} is an activation with no operator before it that it alone reads; move or remove it");
        }
        // An operator that has no clamp gets a table behind it.
        if (_stages[stage].Form is OperatorForm { ForInput: not null } && !clamp.IsOpen)
        {
            int table = Append(layer, FunctionForm.Identity, null);
            _stages[table] = Held(_stages[table], clamp);
            return table;
        }
        // A concatenation computes nothing: what it joins is held to the range.
        if (_stages[stage].Form is JoinForm)
        {
            foreach (int input in _stages[stage].Inputs) _stages[input] = Held(_stages[input], clamp);
        }
        return Fuse(stage, layer, Held(_stages[stage], clamp));
    }

    private static Stage Held(Stage stage, ClampForm clamp) =>
        stage with { Min = Math.Max(stage.Min, clamp.Min), Max = Math.Min(stage.Max, clamp.Max) };

    private int Scale(int layer, (double Scale, double Shift)[] factors)
    {
        if (Fusable(layer) is { } stage && _stages[stage] is { IsClamped: false, Weights: { } weights })
            return Fuse(stage, layer, _stages[stage] with { Weights = weights.Folded(factors), IsScaled = true });
        var place = new OperatorForm(DepthwiseConv2D.Code, OwnFields.Of(1, 1, 1, 1, 0, 0, 1, 1));
        return Append(layer, place, StageWeights.Of(factors));
    }

    /// <summary>Every input changes to the quantization of the joined tensor first, by a stage of its own.</summary>
    private int Join(int layer, JoinForm form)
    {
        int joined = _stages.Count + _network.Wiring.InputsOf(layer).Count;
        List<int> changed = [];
        foreach (int tensor in _network.Wiring.InputsOf(layer))
        {
            int stage = StageOf(tensor);
            changed.Add(_stages.Count);
            _stages.Add(new Stage(new ChangeForm(joined), [stage], [], tensor, _network.ShapeOf(tensor)));
        }
        _stages.Add(new Stage(form, changed, [layer], layer, _network.Layers[layer].Output));
        return joined;
    }

    private int Append(int layer, IntegerForm form, StageWeights? weights)
    {
        int[] inputs = [.. _network.Wiring.InputsOf(layer).Select(StageOf)];
        _stages.Add(new Stage(form, inputs, [layer], layer, _network.Layers[layer].Output) { Weights = weights });
        return _stages.Count - 1;
    }

    private int Fuse(int stage, int layer, Stage fused)
    {
        _stages[stage] = fused with { Layers = [.. fused.Layers, layer], Tensor = layer };
        return stage;
    }

    /// <summary>The stage whose output the layer alone reads, or null.</summary>
    private int? Fusable(int layer)
    {
        int tensor = _network.Wiring.InputsOf(layer)[0];
        return tensor >= 0 && _network.Wiring.ReadingsOf(tensor).Count == 1 && _stageOf[tensor] >= 0 ? _stageOf[tensor] : null;
    }

    private string Describe(int layer) => $"{_network.Paths[layer]} ({_network.Layers[layer].Kind})";

    private int StageOf(int tensor) => tensor < 0 ? tensor : _stageOf[tensor];
}
