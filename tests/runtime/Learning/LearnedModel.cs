using System.Collections.Generic;
using System.IO;
using EdgeCnn.Managed;
using EdgeCnn.Trainer.Data;
using EdgeCnn.Trainer.Learning;

namespace EdgeCnn.Tests.Learning;

/// <summary>LeNet-5 that learns drawn digits, for tests of what comes of learning.</summary>
internal static unsafe class LearnedModel
{
    /// <summary>LeNet-5 with random weights and a plan for learning.</summary>
    internal static byte[] File(LearningSettings? settings = null) => LearningPlanner.Apply(TestModels.LeNet5, settings ?? new LearningSettings());

    /// <summary>Lets a model learn drawn digits.</summary>
    internal static void Learn(EdgeModel model, int samples, int first = 0)
    {
        Dataset digits = TestModels.Digits(first + samples);
        for (int i = first; i < first + samples; i++)
        {
            model.SetPixels(digits.Image(i));
            model.Learn(digits.Labels[i]);
        }
    }

    /// <summary>The weights and the biases in use of all layers that learn, channels by turns.</summary>
    internal static int[] Weights(EdgeModel model)
    {
        byte* file = model.ModelPointer;
        var all = new List<int>();
        for (int i = 0; i < LearnFile.Records(file); i++)
        {
            int record = LearnFile.Record(file, i), op = ModelFile.Operator(file, LearnRecord.Operator(file, record));
            if (!LearnRecord.Has(file, record, LearnRecord.TrainsBiases)) continue;
            int channels = WeightedRows.OutputChannels(file, op), count = channels * OperatorTable.Depth(file, op);
            sbyte* weights = (sbyte*)LearnedWeights.Bytes(file, model.ArenaPointer, record) + LearnedWeights.Offset(file, record);
            for (int k = 0; k < count; k++) all.Add(weights[k]);
            for (int c = 0; c < channels; c++)
                all.Add(Memory.Int32(model.ArenaPointer, LearnRecord.Place(file, record, LearnRecord.BiasesAt) + 4 * c));
        }
        return [.. all];
    }

    /// <summary>The delta of what a model learned.</summary>
    internal static byte[] Delta(EdgeModel model)
    {
        using var stream = new MemoryStream();
        model.SaveDelta(stream);
        return stream.ToArray();
    }
}
