using System;
using System.Linq;
using EdgeCnn.Managed;
using EdgeCnn.Trainer.Data;
using EdgeCnn.Trainer.Training;

namespace EdgeCnn.Trainer.Export;

/// <summary>Measures a model file on labelled images.</summary>
public static class IntegerEvaluator
{
    private const int GroupSize = 32;

    /// <summary>The class that the model gives every image.</summary>
    /// <param name="model">The model file's bytes.</param>
    /// <param name="data">Images of the shape that the model's first input has.</param>
    /// <param name="threads">Threads to work with.</param>
    public static int[] Classify(byte[] model, Dataset data, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(data);
        int[] classes = new int[data.Count];
        EdgeModel[] models = [.. Enumerable.Range(0, threads).Select(_ => EdgeModel.Open(model))];
        try
        {
            using var pool = new WorkerPool(threads);
            pool.Run((data.Count + GroupSize - 1) / GroupSize, (group, worker) =>
            {
                for (int i = group * GroupSize; i < Math.Min(data.Count, (group + 1) * GroupSize); i++)
                    classes[i] = Classify(models[worker], data.Image(i));
            });
        }
        finally
        {
            foreach (EdgeModel open in models) open.Dispose();
        }
        return classes;
    }

    /// <summary>Share of the images that are classified right, 0 … 1.</summary>
    public static double Accuracy(byte[] model, Dataset data, int threads = 1)
    {
        int[] classes = Classify(model, data, threads);
        return classes.Where((found, i) => found == data.Labels[i]).Count() / (double)data.Count;
    }

    /// <summary>The same of a model that is open, with what it has learned.</summary>
    public static double Accuracy(EdgeModel model, Dataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        int right = 0;
        for (int i = 0; i < data.Count; i++)
            if (Classify(model, data.Image(i)) == data.Labels[i]) right++;
        return right / (double)data.Count;
    }

    private static int Classify(EdgeModel model, ReadOnlySpan<byte> image)
    {
        model.SetPixels(image);
        model.Run();
        return model.BestClass;
    }
}
