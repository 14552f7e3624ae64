using System.IO;
using EdgeCnn.Tests;
using EdgeCnn.Trainer.Learning;

namespace EdgeCnn.Pi.Tests.Support;

/// <summary>Models of the repository, as files and with a plan to learn.</summary>
internal static class TestModels
{
    /// <summary>Hand signs in colour, 48 × 48 pixels.</summary>
    public static byte[] Signs { get; } = Read("hand-signs");

    /// <summary>Digits of 8 × 8 gray pixels: the smallest.</summary>
    public static byte[] Digits { get; } = Read("digits8x8");

    /// <summary>The same digits, able to learn; large steps, so that a few samples change an answer.</summary>
    public static byte[] Teachable { get; } = LearningPlanner.Apply(Digits, new LearningSettings { Rate = 0.02 });

    /// <summary>Hand signs, able to learn as in their example.</summary>
    public static byte[] TeachableSigns { get; } = LearningPlanner.Apply(Signs, new LearningSettings
    {
        Layers = LayerChoice.Parse("last:1"),
        Rate = 0.02,
    });

    /// <summary>Spoken digits, able to learn.</summary>
    public static byte[] TeachableWords { get; } = LearningPlanner.Apply(Read("dscnn-digits"), new LearningSettings
    {
        Layers = LayerChoice.Parse("last:1"),
    });

    /// <summary>The file of a model.</summary>
    public static byte[] Read(string name) => File.ReadAllBytes(Path.Combine(Repository.Root, "models", name, "model.ecnn"));
}
