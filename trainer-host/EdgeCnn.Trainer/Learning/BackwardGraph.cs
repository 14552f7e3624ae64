using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using EdgeCnn.Managed;
using EdgeCnn.Trainer.Export;

namespace EdgeCnn.Trainer.Learning;

/// <summary>The way back through a model: which operators errors pass, from the loss to the first layer that learns.</summary>
internal sealed unsafe class BackwardGraph
{
    private readonly byte* _model;
    private readonly int _inputs;
    private readonly bool[] _learns;
    private readonly HashSet<int> _hasError = [];

    private BackwardGraph(byte* model, LearningSettings settings)
    {
        _model = model;
        _inputs = ModelFile.TensorCount(model) - ModelFile.OperatorCount(model);
        LossTensor = FindLossTensor(settings.Loss);
        _learns = Learning(settings.Layers);
        Steps = MakeSteps(settings);
    }

    /// <summary>The tensor that the loss compares with the target.</summary>
    public int LossTensor { get; }

    /// <summary>The steps, last operator first.</summary>
    public IReadOnlyList<BackwardStep> Steps { get; }

    /// <exception cref="ExportException">An operator between the loss and a layer that learns has no way back.</exception>
    public static BackwardGraph Of(byte* model, LearningSettings settings) => new(model, settings);

    /// <summary>Cross-entropy begins before the softmax, whose derivative it contains.</summary>
    private int FindLossTensor(LearningLoss loss)
    {
        int output = IORecord.TensorIndex(_model, IORecord.InputCount(_model)), producer = output - _inputs;
        if (producer < 0) throw new ExportException("the model's first output is one of its inputs; there is nothing to learn");
        int op = ModelFile.Operator(_model, producer);
        return loss == LearningLoss.CrossEntropy && OperatorRecord.Code(_model, op) == Softmax.Code
            ? OperatorRecord.InputIndex(_model, op, 0)
            : output;
    }

    private bool[] Learning(LayerChoice layers)
    {
        bool[] learns = new bool[ModelFile.OperatorCount(_model)];
        foreach (LayerPart part in layers.Parts ?? []) learns[part.Operator] = true;
        int left = layers.Last;
        for (int i = LossTensor - _inputs; i >= 0 && left > 0; i--)
            if (OperatorTable.Depth(_model, ModelFile.Operator(_model, i)) > 0)
            {
                learns[i] = true;
                left--;
            }
        return learns;
    }

    private List<BackwardStep> MakeSteps(LearningSettings settings)
    {
        // An error is wanted by an operator that learns, or that has one that learns before it.
        bool[] wants = new bool[_learns.Length];
        for (int i = 0; i < wants.Length; i++)
            wants[i] = _learns[i] || Inputs(i).Any(tensor => tensor >= _inputs && wants[tensor - _inputs]);
        List<BackwardStep> steps = [];
        _hasError.Add(LossTensor);
        for (int i = LossTensor - _inputs; i >= 0; i--)
            if (wants[i] && _hasError.Contains(_inputs + i)) steps.AddRange(StepsOf(i, wants, settings));
        return steps.Count > 0
            ? steps
            : throw new ExportException("no layer of the model can learn: it has no Conv2D, DepthwiseConv2D or FullyConnected of int8 on the way to its output");
    }

    /// <summary>One step, or of a concatenation one for each input whose error is wanted.</summary>
    private List<BackwardStep> StepsOf(int index, bool[] wants, LearningSettings settings)
    {
        BackwardStep step = StepOf(index, wants, settings);
        if (OperatorRecord.Code(_model, ModelFile.Operator(_model, index)) != Concat.Code) return [step];
        int[] inputs = [.. Inputs(index)];
        List<BackwardStep> steps = [];
        for (int i = 0; i < inputs.Length; i++)
            if (inputs[i] >= _inputs && wants[inputs[i] - _inputs])
                steps.Add(step with { InputIndex = i, Input = inputs[i], Flags = ErrorFlags(inputs[i]) });
        return steps;
    }

    private int ErrorFlags(int tensor) => LearnRecord.GivesInputError | (_hasError.Add(tensor) ? 0 : LearnRecord.AddsToInputError);

    private BackwardStep StepOf(int index, bool[] wants, LearningSettings settings)
    {
        int op = ModelFile.Operator(_model, index), code = OperatorRecord.Code(_model, op);
        int[] inputs = [.. Inputs(index)];
        bool Wanted(int tensor) => tensor >= _inputs && wants[tensor - _inputs];
        if (!OperatorTable.Learns(code) || inputs.Append(_inputs + index).Any(tensor => Type(tensor) != ElementType.Int8))
            throw new ExportException(
                $"operator {index}, {OperatorTable.Name(code)}, has no way back; let only layers after it learn (last:{_learns.Skip(index).Count(l => l)})");
        (bool masked, (int, int) mask) = Mask(index);
        int flags = _learns[index] ? LearnRecord.TrainsBiases | (settings.Layers.BiasesOnly ? 0 : LearnRecord.TrainsWeights) : 0;
        bool joins = code == Concat.Code, second = !joins && inputs.Length > 1 && Wanted(inputs[1]);
        if (!joins && Wanted(inputs[0])) flags |= ErrorFlags(inputs[0]);
        if (second) flags |= LearnRecord.GivesInput2Error | (_hasError.Add(inputs[1]) ? 0 : LearnRecord.AddsToInput2Error);
        int depth = OperatorTable.Depth(_model, op), channels = WeightedRows.OutputChannels(_model, op);
        LayerPart? part = settings.Layers.Parts?.SingleOrDefault(part => part.Operator == index);
        return new BackwardStep(index, 0, inputs[0], _inputs + index)
        {
            Flags = flags,
            Input2 = second ? inputs[1] : -1,
            IsMasked = masked,
            Mask = mask,
            Channels = channels,
            FirstChannel = part?.FirstChannel ?? 0,
            LearningChannels = (flags & LearnRecord.TrainsWeights) == 0 ? 0 : part?.Channels ?? channels,
            Depth = depth,
            ChannelsAtOnce = code == Conv2D.Code ? ChannelsAtOnce(op) : 1,
            BackShift = depth == 0 ? 0 : BackShift(op, code),
        };
    }

    /// <summary>As many channels as have room in what the forward pass used.</summary>
    private int ChannelsAtOnce(int op)
    {
        int channels = WeightedRows.OutputChannels(_model, op);
        while (channels > 1 && OperatorTable.LearnScratchBytes(_model, op, channels) > ModelFile.ArenaBytes(_model)) channels = (channels + 1) / 2;
        return channels;
    }

    /// <summary>Errors of 15 bits times weights of 7 may be added up 511 times in 32 bits; where more meet, errors lose bits first.</summary>
    private int BackShift(int op, int code)
    {
        long terms = WeightedRows.OutputChannels(_model, op);
        if (code is DepthwiseConv2D.Code or SumPool.Code) terms /= TensorRecord.Channels(_model, OperatorRecord.Input(_model, op));
        if (code != FullyConnected.Code)
            terms *= Overlap(Window.KernelHeight(_model, op), Window.StrideY(_model, op)) * Overlap(Window.KernelWidth(_model, op), Window.StrideX(_model, op));
        return BitOperations.Log2((ulong)((terms + 510) / 511 * 2 - 1));
    }

    private static long Overlap(int kernel, int stride) => (kernel + stride - 1) / stride;

    /// <summary>
    /// The activation that holds an output to a range. Bounds that are those of int8 only saturate, which is nobody's derivative — but for
    /// ReLU, whose bound is the zero point. What only a max pool or a reshape reads is masked there: they hand the same numbers on.
    /// </summary>
    private (bool Masked, (int Min, int Max) Bounds) Mask(int index)
    {
        int op = ModelFile.Operator(_model, index), code = OperatorRecord.Code(_model, op);
        (int min, int max) = HasClamp(code) ? Bounds(op) : (sbyte.MinValue - 1, sbyte.MaxValue + 1);
        if (code is MaxPool.Code or Reshape.Code && Inputs(index).First() is var input && input >= _inputs && HandsMaskOn(input - _inputs))
        {
            (_, (int inputMin, int inputMax)) = Mask(input - _inputs, evenWhenHandedOn: true);
            (min, max) = (Math.Max(min, inputMin), Math.Min(max, inputMax));
        }
        bool bounded = min >= sbyte.MinValue || max <= sbyte.MaxValue;
        return (bounded && !HandsMaskOn(index), (min, max));
    }

    private (bool Masked, (int Min, int Max) Bounds) Mask(int index, bool evenWhenHandedOn)
    {
        (bool masked, (int Min, int Max) bounds) = Mask(index);
        return (masked || evenWhenHandedOn, bounds);
    }

    private (int Min, int Max) Bounds(int op)
    {
        int min = Clamp.Min(_model, op), max = Clamp.Max(_model, op), zero = TensorRecord.ZeroPoint(_model, OperatorRecord.Output(_model, op));
        return (min > sbyte.MinValue || min == zero ? min : sbyte.MinValue - 1, max < sbyte.MaxValue ? max : sbyte.MaxValue + 1);
    }

    /// <summary>Whether the only reader of the operator's output is a max pool or a reshape on the way back.</summary>
    private bool HandsMaskOn(int index)
    {
        int[] readers = [.. Enumerable.Range(0, _learns.Length).Where(i => Inputs(i).Contains(_inputs + index))];
        return readers.Length == 1 && _inputs + index != LossTensor
            && OperatorRecord.Code(_model, ModelFile.Operator(_model, readers[0])) is MaxPool.Code or Reshape.Code;
    }

    private static bool HasClamp(int code) =>
        code is Conv2D.Code or FullyConnected.Code or DepthwiseConv2D.Code or MaxPool.Code or AveragePool.Code or Rescale.Code or Add.Code
            or SumPool.Code;

    private int Type(int tensor) => TensorRecord.Type(_model, ModelFile.Tensor(_model, tensor));

    private int[] Inputs(int index)
    {
        int op = ModelFile.Operator(_model, index);
        int[] inputs = new int[OperatorRecord.InputCount(_model, op)];
        for (int i = 0; i < inputs.Length; i++) inputs[i] = OperatorRecord.InputIndex(_model, op, i);
        return inputs;
    }
}
