using System;
using System.Collections.Generic;
using System.Linq;
using EdgeCnn.Trainer.Export;

namespace EdgeCnn.Trainer.Learning;

/// <summary>What the LEARN section of a model says: what learns, and which RAM it takes.</summary>
/// <param name="InferenceBytes">The arena of inference, which learning uses too.</param>
/// <param name="LastingBytes">What outlives a forward pass: weights, fractions, velocities, biases, saved tensors, state.</param>
/// <param name="PassingBytes">What errors and sums need beyond the arena of inference.</param>
/// <param name="Layers">The operators on the way back, last first.</param>
public sealed record LearningMemory(int InferenceBytes, int LastingBytes, int PassingBytes, IReadOnlyList<LearningLayer> Layers)
{
    /// <summary>What becomes small.</summary>
    public LearningLoss Loss { get; init; }

    /// <summary>All of it.</summary>
    public int TotalBytes => InferenceBytes + LastingBytes + PassingBytes;

    /// <summary>Reads a model's plan.</summary>
    /// <exception cref="ExportException">The model has none.</exception>
    public static unsafe LearningMemory Of(ReadOnlySpan<byte> model)
    {
        fixed (byte* p = model)
        {
            if (!LearnFile.Exists(p)) throw new ExportException("the model has no plan for learning; make one with 'edgecnn plan-learning'");
            List<LearningLayer> layers = [];
            for (int i = 0; i < LearnFile.Records(p); i++) layers.Add(Layer(p, LearnFile.Record(p, i)));
            // What lasts comes behind what passes, the state first.
            int arena = ModelFile.ArenaBytes(p), lasting = LearnFile.State(p);
            return new LearningMemory(arena, arena + ModelFile.LearningBytes(p) - lasting, lasting - arena, layers)
            {
                Loss = (LearningLoss)LearnFile.Loss(p),
            };
        }
    }

    private static unsafe LearningLayer Layer(byte* model, int record)
    {
        int index = LearnRecord.Operator(model, record), op = ModelFile.Operator(model, index), depth = OperatorTable.Depth(model, op);
        int tensors = ModelFile.TensorCount(model) - ModelFile.OperatorCount(model);
        bool trainsWeights = LearnRecord.Has(model, record, LearnRecord.TrainsWeights);
        int Saved(int field, int tensor) => LearnRecord.HasPlace(model, record, field) ? TensorRecord.Elements(model, ModelFile.Tensor(model, tensor)) : 0;
        bool isMaxPool = OperatorRecord.Code(model, op) == MaxPool.Code;
        return new LearningLayer(
            index, OperatorTable.Name(OperatorRecord.Code(model, op)), depth == 0 ? 0 : WeightedRows.OutputChannels(model, op),
            trainsWeights ? LearnRecord.FirstChannel(model, record) : 0, trainsWeights ? LearnRecord.Channels(model, record) : 0,
            LearnRecord.Has(model, record, LearnRecord.TrainsBiases), trainsWeights ? LearnRecord.Channels(model, record) * depth : 0,
            Enumerable.Range(0, LearnedWeights.Planes).Sum(plane => LearnedWeights.PlaneBytes(model, record, plane)),
            Saved(LearnRecord.MaskAt, tensors + index)
                + Saved(LearnRecord.SavedInputAt, isMaxPool ? tensors + index : OperatorRecord.InputIndex(model, op, LearnRecord.InputIndex(model, record))));
    }
}

/// <summary>An operator on the way back.</summary>
/// <param name="Operator">Its number.</param>
/// <param name="Name">Its kind.</param>
/// <param name="Channels">Output channels; 0 when it has no weights.</param>
/// <param name="FirstChannel">First channel whose weights learn.</param>
/// <param name="LearningChannels">Channels whose weights learn.</param>
/// <param name="BiasesLearn">Whether its biases learn.</param>
/// <param name="Weights">Number of weights that learn.</param>
/// <param name="PersistentBytes">RAM of weights, fractions, velocities and biases.</param>
/// <param name="SavedBytes">RAM of the tensors that it needs of the forward pass; two operators may share one.</param>
public sealed record LearningLayer(
    int Operator, string Name, int Channels, int FirstChannel, int LearningChannels, bool BiasesLearn, int Weights, int PersistentBytes, int SavedBytes);
