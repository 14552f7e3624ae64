using System;
using System.Collections.Generic;
using System.Linq;
using EdgeCnn.Managed;

namespace EdgeCnn.Trainer.Learning;

/// <summary>
/// Where everything that learning needs lies in the arena. What lasts (weights, biases, saved tensors) comes after the arena of inference;
/// errors and sums of the way back take the room that the forward pass does not need any more, and what they need beyond it.
/// </summary>
internal sealed unsafe class LearningLayout
{
    private readonly byte* _model;
    private readonly BackwardGraph _graph;
    private readonly LearningSettings _settings;
    private readonly Dictionary<int, int> _errors = [];
    private readonly Dictionary<(int Tensor, int Kind), int> _saves = [];
    private readonly Place[] _places;
    private int _end;

    public LearningLayout(byte* model, BackwardGraph graph, LearningSettings settings)
    {
        _model = model;
        (_graph, _settings) = (graph, settings);
        _places = new Place[graph.Steps.Count];
        PlacePassing();
        State = Lasting(LearnState.Bytes);
        Target = Lasting(2 * Elements(graph.LossTensor));
        // The loss reads its tensor in the arena while it writes the error.
        _errors[graph.LossTensor] = Lasting(ErrorTensor.HeaderBytes + 4 * Elements(graph.LossTensor));
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

    /// <summary>Errors live from the step that first writes them to the one that reads them, scratch during its step.</summary>
    private void PlacePassing()
    {
        List<(Lifetime Life, Action<int> Found)> items = [];
        foreach (int tensor in _graph.Steps.SelectMany(Written).Distinct().Where(tensor => tensor != _graph.LossTensor))
        {
            int first = _graph.Steps.TakeWhile(step => !Written(step).Contains(tensor)).Count();
            int last = Enumerable.Range(0, _places.Length).Last(i => _graph.Steps[i].Output == tensor || Written(_graph.Steps[i]).Contains(tensor));
            bool summed = _graph.Steps.Any(step => step.Input == tensor && step.Has(LearnRecord.GivesInputError) && !Passes(step));
            items.Add((new Lifetime(ErrorTensor.HeaderBytes + (summed ? 4 : 2) * Elements(tensor), first, last), at => _errors[tensor] = at));
        }
        for (int i = 0; i < _places.Length; i++)
        {
            BackwardStep step = _graph.Steps[i];
            int index = i;
            if (step.Has(LearnRecord.AddsToInputError) && !Passes(step))
                items.Add((new Lifetime(ErrorTensor.HeaderBytes + 4 * Elements(step.Input), i, i), at => _places[index].FreshError = at));
            long scratch = OperatorTable.LearnScratchBytes(_model, ModelFile.Operator(_model, step.Operator), step.ChannelsAtOnce);
            if (scratch > 0) items.Add((new Lifetime(checked((int)scratch), i, i), at => _places[index].Scratch = at));
        }
        (int[] offsets, int bytes) = MemoryPlan.Make([.. items.Select(item => item.Life)]);
        for (int i = 0; i < offsets.Length; i++) items[i].Found(offsets[i]);
        _end = Align(Math.Max(bytes, ModelFile.ArenaBytes(_model)));
    }

    private void PlaceLasting(BackwardStep step, ref Place place)
    {
        int op = ModelFile.Operator(_model, step.Operator);
        if (step.IsMasked) Save(step.Output, LearnFile.SavesBytes);
        if (OperatorRecord.Code(_model, op) == MaxPool.Code) Save(step.Output, LearnFile.SavesWinners);
        if (OperatorRecord.Code(_model, op) == Lookup.Code) Save(step.Input, LearnFile.SavesBytes);
        if (step.Has(LearnRecord.TrainsWeights))
        {
            Save(step.Input, LearnFile.SavesBytes);
            int weights = checked(step.Channels * step.Depth);
            place.Weights = Lasting(weights);
            int learning = step.LearningChannels * step.Depth;
            if (_settings.FractionBits > 0) place.Fractions = Lasting(learning);
            if (HasVelocity) place.Velocity = Lasting(4 * learning);
        }
        if (step.Has(LearnRecord.TrainsBiases)) place.Biases = Lasting((HasVelocity ? 12 : 8) * step.Channels);
    }

    private bool HasVelocity => _settings.Momentum > 0 || _settings.Batch > 1;

    private void Save(int tensor, int kind)
    {
        if (!_saves.ContainsKey((tensor, kind))) _saves[(tensor, kind)] = Lasting(Elements(tensor));
    }

    private int Lasting(int bytes)
    {
        int at = Align(_end);
        _end = checked(at + bytes);
        return at;
    }

    private bool Passes(BackwardStep step) => OperatorTable.PassesErrors(OperatorRecord.Code(_model, ModelFile.Operator(_model, step.Operator)));

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
