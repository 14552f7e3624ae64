using System;
using System.Collections.Generic;
using System.Linq;
using EdgeCnn.Managed;
using EdgeCnn.Trainer.Data;

namespace EdgeCnn.Trainer.Report;

/// <summary>An image that a model classifies wrong.</summary>
/// <param name="Image">Number of the image.</param>
/// <param name="Answer">The model's class.</param>
/// <param name="Margin">Score of the answer less that of the true class, in real units: how sure of it the model is.</param>
public readonly record struct Mistake(int Image, int Answer, double Margin);

/// <summary>What a model answers to labelled images.</summary>
/// <param name="Counts">How many images of class [row] got the answer [column].</param>
/// <param name="Mistakes">All mistakes, the worst first; of equal ones the first image.</param>
public sealed record Answers(int[][] Counts, IReadOnlyList<Mistake> Mistakes)
{
    /// <summary>Asks a model.</summary>
    /// <param name="model">The model; its first output has a score per class.</param>
    /// <param name="images">The images.</param>
    public static Answers Of(EdgeModel model, Dataset images)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(images);
        int[][] counts = [.. images.Classes.Select(_ => new int[images.Classes.Count])];
        var mistakes = new List<Mistake>();
        var output = model.Outputs[0];
        for (var image = 0; image < images.Count; image++)
        {
            model.SetPixels(images.Image(image));
            model.Run();
            int label = images.Labels[image], answer = model.BestClass;
            counts[label][answer]++;
            if (answer != label)
                mistakes.Add(new Mistake(image, answer, Score(answer) - Score(label)));
        }

        return new Answers(counts, [.. mistakes.OrderByDescending(mistake => mistake.Margin)]);

        float Score(int element) => output.Dequantize(output.Element(model.Bytes(output), element));
    }
}
