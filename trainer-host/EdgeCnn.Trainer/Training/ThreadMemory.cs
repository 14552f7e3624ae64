using System.Linq;
using System.Numerics;
using EdgeCnn.Trainer.Numerics;

namespace EdgeCnn.Trainer.Training;

/// <summary>What a thread needs for one layer at a time, whichever pass it runs.</summary>
internal sealed class ThreadMemory<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Takes memory.</summary>
    /// <param name="network">The network.</param>
    /// <param name="plan">Which outputs are not kept.</param>
    /// <param name="gradients">Where gradients are, for passes that go backward.</param>
    /// <param name="capacity">Most samples of a pass.</param>
    public ThreadMemory(Network<T> network, GradientPlan<T> plan, GradientMemory<T>? gradients, int capacity)
    {
        Gradients = [.. (gradients?.GroupBlocks ?? []).Select(length => new Block<T>(length))];
        GroupGradients = new Block<T>(network.BatchLayers.Count > 0 ? network.Gradients.Length : 0);
        Scratch = new Block<T>(network.Layers.Max(layer => layer.ScratchLength));
        var passing = network.Layers.Where((_, i) => plan.IsPassing(i)).Select(layer => layer.Output.Length);
        Passing = new Block<T>((long)capacity * passing.DefaultIfEmpty(0).Max());
    }

    /// <summary>Memory for the length of one call of a layer.</summary>
    public Block<T> Scratch { get; }

    /// <summary>The parameters' gradients of a group of samples, before they are added to those of its shard.</summary>
    public Block<T> GroupGradients { get; }

    /// <summary>The gradients of outputs that are of use for one group of samples at a time.</summary>
    public Block<T>[] Gradients { get; }

    /// <summary>The last of the outputs that are of no use after the next layer.</summary>
    public Block<T> Passing { get; }

    /// <summary>The same piece of another thread's memory, when this is where a tensor is.</summary>
    public SampleMemory<T> Move(SampleMemory<T> tensor, ThreadMemory<T> to)
    {
        tensor = tensor.Moved(Passing, to.Passing);
        for (var i = 0; i < Gradients.Length; i++)
            tensor = tensor.Moved(Gradients[i], to.Gradients[i]);
        return tensor;
    }
}
