using System;
using System.Linq;
using EdgeCnn.Managed;
using EdgeCnn.Trainer.Data;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Layers;
using EdgeCnn.Trainer.Learning;
using EdgeCnn.Trainer.Losses;
using EdgeCnn.Trainer.Optimizers;
using EdgeCnn.Trainer.Recipes;
using EdgeCnn.Trainer.Schedules;
using EdgeCnn.Trainer.Training;

namespace EdgeCnn.Benchmarks.Learning;

/// <summary>Learns the same samples in the same order with the device's integers and with float SGD, one sample at a time.</summary>
internal static class FineTuning
{
    /// <summary>Accuracy on <paramref name="test"/> after learning in integers.</summary>
    public static double Integer(byte[] model, Dataset samples, Dataset test)
    {
        using EdgeModel learner = EdgeModel.Open(model, new ModelOptions { Learns = true });
        for (int i = 0; i < samples.Count; i++)
        {
            learner.SetPixels(samples.Image(i));
            learner.Learn(samples.Labels[i]);
        }
        return Accuracy(learner, test);
    }

    /// <summary>Accuracy in percent of a model as it is now.</summary>
    public static double Accuracy(EdgeModel model, Dataset test)
    {
        int right = 0;
        for (int i = 0; i < test.Count; i++)
        {
            model.SetPixels(test.Image(i));
            model.Run();
            if (model.BestClass == test.Labels[i]) right++;
        }
        return 100.0 * right / test.Count;
    }

    /// <summary>The same in single precision, from the weights that the model was quantized from.</summary>
    public static double Float(string networkFile, double rate, Dataset samples, Dataset test)
    {
        SavedNetwork saved = NetworkSerializer.Load(networkFile);
        Recipe recipe = saved.Recipe;
        for (int i = 0; i < samples.Count; i++)
        {
            // One sample is one training, so that the order is the caller's.
            using var loop = new TrainingLoop<float>(
                saved.Network, new SoftmaxCrossEntropy<float>(), new Sgd<float>(), new FixedRate(rate), recipe.Normalization,
                new TrainingSettings(Batch: 1, Epochs: 1, Seed: 1));
            loop.Run(samples.Select([i]));
        }
        return 100 * Evaluator.Accuracy(saved.Network, test, recipe.Normalization, Environment.ProcessorCount);
    }
}
