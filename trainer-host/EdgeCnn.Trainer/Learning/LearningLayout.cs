using System;
using System.Collections.Generic;
using System.Linq;
using EdgeCnn.Managed;

namespace EdgeCnn.Trainer.Learning;

/// <summary>
/// Where everything that learning needs lies in the arena. What lasts from sample to sample (weights, biases) comes after the arena of
/// inference; what a sample needs (saved tensors, errors, sums) takes the room that the forward pass leaves or does not need any more, and
/// what it needs beyond that.
/// </summary>
internal sealed unsafe class LearningLayout
{
    private readonly byte* _model;
    private readonly BackwardGraph _graph;
    private readonly LearningSettings _settings;
    private readonly Dictionary<int, int> _errors = [];
    private readonly Dictionary<(int Tensor, int Kind), int> _saves = [];
    private readonly Place[] _places;
    private readonly int _inputs;

    // When the loss is computed: operator i runs at time i, step i of the way back at time _loss + 1 + i.
    private readonly int _loss;
    private int _end;

    public LearningLayout(byte* model, BackwardGraph graph, LearningSettings settings)
    {
        _model = model;
        (_graph, _settings) = (graph, settings);
        _places = new Place[graph.Steps.Count];
        _inputs = ModelFile.TensorCount(model) - ModelFile.OperatorCount(model);
        _loss = graph.LossTensor - _inputs + 1;
        PlacePassing();
        State = Lasting(LearnState.Bytes);
        Target = Lasting(2 * Elements(graph.LossTensor));
        for (int i = 0; i < _places.Length; i++) PlaceLasting(graph.Steps[i], ref _places[i]);
        Bytes = _end - ModelFile.ArenaBytes(model);
    }

    /// <summary>Arena offset of the state.</summary>
    public int State { get; }

    /// <summary>Arena offset of the target.</summary>
    public int Target { get; }

    /// <summary>Bytes behind the arena of inference.</summary>
    public int Bytes { get; }

    /// <summary>Arena offsets of what each step needs.</summary>
    public IReadOnlyList<Place> Places => _places;

    /// <summary>Saved tensors, by number and kind, and where they are kept.</summary>
    public IReadOnlyDictionary<(int Tensor, int Kind), int> Saves => _saves;

    /// <summary>Arena offset of a tensor's error.</summary>
    public int Error(int tensor) => _errors[tensor];

    /// <summary>Arena offset of a saved tensor.</summary>
    public int Saved(int tensor, int kind) => _saves[(tensor, kind)];

    /// <summary>What a sample needs: errors live from the step that first writes them to the one that reads them, scratch during its step,
    /// saved tensors from the operator that writes them to the last step that reads them.</summary>
    private void PlacePassing()
    {
        List<(Lifetime Life, Action<int> Found)> items = [];
        foreach (int tensor in _graph.Steps.SelectMany(Written).Append(_graph.LossTensor).Distinct())
        {
            bool isLoss = tensor == _graph.LossTensor;
            int first = isLoss ? _loss : TimeOf(_graph.Steps.TakeWhile(step => !Written(step).Contains(tensor)).Count());
            int last = LastStep(step => step.Output == tensor || Written(step).Contains(tensor));
            bool summed = isLoss || _graph.Steps.Any(step => step.Input == tensor && step.Has(LearnRecord.GivesInputError) && !Passes(step));
            items.Add((new Lifetime(ErrorTensor.HeaderBytes + (summed ? 4 : 2) * Elements(tensor), first, last), at => _errors[tensor] = at));
        }
        for (int i = 0; i < _places.Length; i++)
        {
            BackwardStep step = _graph.Steps[i];
            int index = i, time = TimeOf(i);
            if (step.Has(LearnRecord.AddsToInputError) && !Passes(step))
                items.Add((new Lifetime(ErrorTensor.HeaderBytes + 4 * Elements(step.Input), time, time), at => _places[index].FreshError = at));
            long scratch = OperatorTable.LearnScratchBytes(_model, ModelFile.Operator(_model, step.Operator), step.ChannelsAtOnce);
            if (scratch > 0) items.Add((new Lifetime(checked((int)scratch), time, time), at => _places[index].Scratch = at));
        }
        foreach ((int tensor, int kind) save in _graph.Steps.SelectMany(Saved).Distinct())
            items.Add((
                new Lifetime(Elements(save.tensor), Math.Max(0, save.tensor - _inputs), LastStep(step => Saved(step).Contains(save))),
                at => _saves[save] = at));
        (int[] offsets, int bytes) = MemoryPlan.Make([.. items.Select(item => item.Life)], ForwardPass());
        for (int i = 0; i < offsets.Length; i++) items[i].Found(offsets[i]);
        _end = Align(Math.Max(bytes, ModelFile.ArenaBytes(_model)));
    }

    /// <summary>Tensors and scratch of the forward pass, which have their places, from when they are written to when they are last
    /// read.</summary>
    private List<(Lifetime Life, int Offset)> ForwardPass()
    {
        List<(Lifetime, int)> taken = [];
        for (int tensor = 0; tensor <= _graph.LossTensor; tensor++)
        {
            int record = ModelFile.Tensor(_model, tensor), first = Math.Max(0, tensor - _inputs), last = tensor == _graph.LossTensor ? _loss : first;
            for (int i = first; i < _loss; i++)
                if (OperatorRecord.Reads(_model, ModelFile.Operator(_model, i), tensor)) last = Math.Max(last, i);
            taken.Add((new Lifetime(TensorRecord.ByteCount(_model, record), first, last), TensorRecord.ArenaOffset(_model, record)));
        }
        for (int i = 0; i < _loss; i++)
        {
            int op = ModelFile.Operator(_model, i);
            taken.Add((new Lifetime((int)OperatorTable.ScratchBytes(_model, op), i, i), OperatorRecord.Scratch(_model, op)));
        }
        return taken;
    }

    private int TimeOf(int step) => _loss + 1 + step;

    private int LastStep(Func<BackwardStep, bool> needs) => TimeOf(Enumerable.Range(0, _places.Length).Last(i => needs(_graph.Steps[i])));

    /// <summary>What a step needs of the forward pass.</summary>
    private IEnumerable<(int Tensor, int Kind)> Saved(BackwardStep step)
    {
        int code = CodeOf(step);
        if (step.IsMasked) yield return (step.Output, LearnFile.SavesBytes);
        if (code == MaxPool.Code) yield return (step.Output, LearnFile.SavesWinners);
        if (code == Lookup.Code || step.Has(LearnRecord.TrainsWeights)) yield return (step.Input, LearnFile.SavesBytes);
    }

    private void PlaceLasting(BackwardStep step, ref Place place)
    {
        if (step.Has(LearnRecord.TrainsWeights))
        {
            int weights = checked(step.Channels * step.Depth);
            place.Weights = Lasting(weights);
            int learning = step.LearningChannels * step.Depth;
            if (_settings.FractionBits > 0) place.Fractions = Lasting(learning);
            if (HasVelocity) place.Velocity = Lasting(4 * learning);
        }
        if (step.Has(LearnRecord.TrainsBiases)) place.Biases = Lasting((HasVelocity ? 12 : 8) * step.Channels);
    }

    private bool HasVelocity => _settings.Momentum > 0 || _settings.Batch > 1;

    private int Lasting(int bytes)
    {
        int at = Align(_end);
        _end = checked(at + bytes);
        return at;
    }

    private bool Passes(BackwardStep step) => OperatorTable.PassesErrors(CodeOf(step));

    private int CodeOf(BackwardStep step) => OperatorRecord.Code(_model, ModelFile.Operator(_model, step.Operator));

    /// <summary>The tensors whose errors the step writes.</summary>
    private static IEnumerable<int> Written(BackwardStep step)
    {
        if (step.Has(LearnRecord.GivesInputError)) yield return step.Input;
        if (step.Has(LearnRecord.GivesInput2Error)) yield return step.Input2;
    }

    private int Elements(int tensor) => TensorRecord.Elements(_model, ModelFile.Tensor(_model, tensor));

    private static int Align(int value) => checked(value + 3) & ~3;

    /// <summary>Arena offsets of a step; 0 for what it does not have.</summary>
    internal struct Place
    {
        public int FreshError, Scratch, Weights, Fractions, Velocity, Biases;
    }
}
