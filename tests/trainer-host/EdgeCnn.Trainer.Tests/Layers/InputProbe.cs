using System;
using System.Numerics;
using EdgeCnn.Trainer;
using EdgeCnn.Trainer.Kinds;
using EdgeCnn.Trainer.Layers;

namespace EdgeCnn.Tests.Layers;

/// <summary>Stands before a layer under test: passes its input on, and remembers the gradient that comes back.</summary>
[Kind("inputProbe")]
internal sealed unsafe class InputProbe<T> : Layer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public T[] Gradient { get; private set; } = [];

    public override void Forward(LayerWorkspace<T> work) =>
        new Span<T>(work.Input, work.Count * Input.Length).CopyTo(new Span<T>(work.Output, work.Count * Input.Length));

    public override void Backward(LayerWorkspace<T> work) =>
        Gradient = new Span<T>(work.OutputGradient, work.Count * Input.Length).ToArray();

    protected override Shape Configure(Shape input) => input;
}
