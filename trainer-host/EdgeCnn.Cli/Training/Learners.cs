using System;
using System.IO;
using System.Linq;
using EdgeCnn.Cli.Files;
using EdgeCnn.Cli.Terminal;
using EdgeCnn.Managed;
using EdgeCnn.Trainer.Learning;
using EdgeCnn.Trainer.Training;

namespace EdgeCnn.Cli.Training;

/// <summary>The device's arithmetic and its float twin.</summary>
internal static class Learners
{
    /// <summary>Opens a model to learn.</summary>
    /// <exception cref="RefusedException">It has no plan, or one that takes no labels.</exception>
    public static EdgeModel Open(string path, ModelOptions options)
    {
        byte[] file = File.ReadAllBytes(InputPath.OfFile(path, "model file (.ecnn)"));
        using (EdgeModel plain = EdgeModel.Open(path))
        {
            if (plain.Info.LearningBytes == 0)
                throw new RefusedException($"{path}: has no plan for learning; make one with '{CommandLine.ToolName} plan-learning'");
        }
        if (LearningMemory.Of(file).Loss != LearningLoss.CrossEntropy)
            throw new RefusedException($"{path}: was planned for the squared error, and the samples here have labels; plan it with --loss crossEntropy");
        return EdgeModel.Open(path, options with { Learns = true });
    }

    /// <summary>The float network beside the model, or another one, in which every layer learns at a rate.</summary>
    public static FloatLearner Float(string modelPath, string? floatPath, double rate)
    {
        string path = floatPath ?? FloatNetwork.Beside(modelPath);
        SavedNetwork saved = NetworkSerializer.Load(InputPath.OfFile(path, "float network (.ecfloat); 'train' writes it beside the model"));
        return new FloatLearner(saved.Network, saved.Recipe.Normalization, rate);
    }
}
