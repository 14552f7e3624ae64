using System;

namespace EdgeCnn.Managed;

/// <summary>The store of a model's <see cref="Rehearsal"/> and the copy of its <see cref="Guard"/>, allocated when the model opens.</summary>
internal sealed unsafe class RehearsalMemory : IDisposable
{
    private readonly RehearsalOptions _options;
    private readonly ModelMemory _store, _copy;
    private readonly byte* _model, _arena;
    private int _learned;

    internal RehearsalMemory(byte* model, byte* arena, RehearsalOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Samples, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(options.PerSample);
        ArgumentOutOfRangeException.ThrowIfNegative(options.GuardInterval);
        ArgumentOutOfRangeException.ThrowIfNegative(options.GuardMargin);
        _model = model;
        _arena = arena;
        _options = options;
        _store = ModelMemory.Allocate(checked(Rehearsal.Bytes(model, 0) + options.Samples * (Rehearsal.Bytes(model, 1) - Rehearsal.Bytes(model, 0))));
        _copy = ModelMemory.Allocate(options.GuardInterval > 0 ? Guard.Bytes(model) : 0);
        Rehearsal.Clear(_store.Pointer, options.Samples, (uint)options.Seed);
        Keep();
    }

    /// <summary>Bytes of both.</summary>
    internal int Bytes => _store.Length + _copy.Length;

    /// <summary>Samples that are kept.</summary>
    internal int Count => Rehearsal.Count(_store.Pointer);

    /// <summary>How often the guard undid what was learned.</summary>
    internal int Undone { get; private set; }

    internal void Offer(int label) => Rehearsal.Offer(_model, _arena, _store.Pointer, label);

    /// <summary>What follows a learned sample.</summary>
    internal void AfterSample()
    {
        for (int i = 0; i < _options.PerSample; i++) Rehearsal.Learn(_model, _arena, _store.Pointer);
        if (_options.GuardInterval == 0 || ++_learned % _options.GuardInterval != 0) return;
        int margin = (int)(_options.GuardMargin * Count);
        if (Guard.Check(_model, _arena, _store.Pointer, _copy.Pointer, margin)) Undone++;
    }

    /// <summary>Takes the weights as they are for good.</summary>
    internal void Keep()
    {
        if (_options.GuardInterval > 0) Guard.Keep(_model, _arena, _copy.Pointer);
    }

    public void Dispose()
    {
        _store.Dispose();
        _copy.Dispose();
    }
}
