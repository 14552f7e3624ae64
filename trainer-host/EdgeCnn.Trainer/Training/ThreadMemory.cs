using System.Linq;
using System.Numerics;
using EdgeCnn.Trainer.Numerics;

namespace EdgeCnn.Trainer.Training;

/// <summary>What a thread needs for one layer at a time, whichever pass it runs.</summary>
internal sealed class ThreadMemory<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public ThreadMemory(Network<T> network, GradientPlan<T> plan, int capacity)
    {
        GroupGradients = new Block<T>(network.BatchLayers.Count > 0 ? network.Gradients.Length : 0);
        Scratch = new Block<T>(network.Layers.Max(layer => layer.ScratchLength));
        var remade = network.Layers.Where((_, i) => plan.IsRemade(i)).Select(layer => layer.Output.Length);
        Remade = new Block<T>((long)capacity * remade.DefaultIfEmpty(0).Max());
    }

    /// <summary>Memory for the length of one call of a layer.</summary>
    public Block<T> Scratch { get; }

    /// <summary>The parameters' gradients of a group of samples, before they are added to those of its shard.</summary>
    public Block<T> GroupGradients { get; }

    /// <summary>The last of the outputs that are made again when they are needed.</summary>
    public Block<T> Remade { get; }
}
