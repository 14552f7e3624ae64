using System.IO;
using EdgeCnn.Flash.Update;
using EdgeCnn.Trainer.Learning;

namespace EdgeCnn.Tests.Boards;

/// <summary>Models of a few kilobytes.</summary>
internal static class SmallModels
{
    /// <summary>A network for 8×8 digits, with a plan to learn all of it.</summary>
    internal static ModelImage Learning { get; } = new(LearningPlanner.Apply(Load("model.ecnn"), new LearningSettings()), "learning");

    /// <summary>The same network as it is.</summary>
    internal static ModelImage Plain { get; } = new(Load("model.ecnn"), "plain");

    /// <summary>The same network with weights of four bits.</summary>
    internal static ModelImage Int4 { get; } = new(Load("model.int4.ecnn"), "int4");

    private static byte[] Load(string name) => File.ReadAllBytes(Path.Combine(Repository.Root, "models", "digits8x8", name));
}
