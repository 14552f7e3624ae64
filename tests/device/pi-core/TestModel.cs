using System.IO;
using EdgeCnn.Managed;
using EdgeCnn.Tests;
using EdgeCnn.Trainer.Learning;

namespace EdgeCnn.Device.Tests;

/// <summary>Models of the repository.</summary>
internal static class TestModel
{
    /// <summary>The file of a model.</summary>
    internal static string Path(string name) => System.IO.Path.Combine(Repository.Root, "models", name, "model.ecnn");

    /// <summary>A model as it is.</summary>
    internal static EdgeModel Open(string name) => EdgeModel.Open(Path(name));

    /// <summary>The file of a model whose last layer learns in large steps.</summary>
    internal static byte[] Learning(string name) => LearningPlanner.Apply(
        File.ReadAllBytes(Path(name)), new LearningSettings { Layers = LayerChoice.Parse("last:1"), Rate = 0.05 });

    /// <summary>A model whose first channel is taken for blue.</summary>
    internal static unsafe EdgeModel OpenBlueFirst(string name)
    {
        byte[] file = File.ReadAllBytes(Path(name));
        fixed (byte* model = file)
        {
            model[IORecord.Entry(model, 0) + IORecord.ChannelOrderAt] = ChannelOrder.Bgr;
            ModelMemory.Seal(model);
        }
        return EdgeModel.Open(file);
    }
}
