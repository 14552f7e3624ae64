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

    /// <summary>The float network beside the model, or another one, in which the layers learn that the model's plan names.</summary>
    public static FloatLearner Float(string modelPath, EdgeModel model, string? floatPath, double rate)
    {
        string path = floatPath ?? FloatNetwork.Beside(modelPath);
        SavedNetwork saved = NetworkSerializer.Load(InputPath.OfFile(path, "float network (.ecfloat); 'train' writes it beside the model"));
        Follow(saved.Network, model, LearningMemory.Of(File.ReadAllBytes(modelPath)), path);
        return new FloatLearner(saved.Network, saved.Recipe.Normalization, rate);
    }

    /// <summary>Holds all parameters but those of the plan. A weight's biases come behind it.</summary>
    private static void Follow(Network<float> network, EdgeModel model, LearningMemory plan, string path)
    {
        if (plan.Layers.Any(layer => layer.LearningChannels > 0 && layer.LearningChannels < layer.Channels))
            throw new RefusedException($"{path}: has no twin of a plan in which some channels of a layer learn; plan whole layers");
        int[] weighted = [.. model.Operators.Where(op => op.WeightBytes > 0 && op.Macs > 0).Select(op => op.Index)];
        if (network.Parameters.Count(parameter => parameter.IsWeight) != weighted.Length)
            throw new RefusedException($"{path}: its layers are not those of the model one by one (batch normalization was folded); no twin can learn");
        int ordinal = -1;
        foreach (var parameter in network.Parameters)
        {
            if (parameter.IsWeight) ordinal++;
            LearningLayer? layer = plan.Layers.FirstOrDefault(layer => layer.Operator == weighted[ordinal]);
            parameter.Trainable &= layer is not null && (parameter.IsWeight ? layer.Weights > 0 : layer.BiasesLearn);
        }
    }
}
