using System;
using System.Collections.Generic;
using System.Linq;
using EdgeCnn.Trainer.Export;

namespace EdgeCnn.Trainer.Learning;

/// <summary>Decides on the host what a model learns on the device, in which steps and in which memory, and writes it into the file as its LEARN
/// section: a device never guesses.</summary>
public static unsafe class LearningPlanner
{
    /// <summary>The model with a LEARN section, in place of the one that it may have.</summary>
    /// <exception cref="ExportException">No layer can learn, an operator has no way back, or a number does not fit.</exception>
    public static byte[] Apply(ReadOnlySpan<byte> model, LearningSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        byte[] bare = ModelSections.Without(model, SectionType.Learn);
        fixed (byte* p = bare)
        {
            var graph = BackwardGraph.Of(p, settings);
            var layout = new LearningLayout(p, graph, settings);
            byte[] section = Section(p, graph, layout, settings);
            Memory.SetInt32(p, ModelFile.LearningBytesAt, layout.Bytes);
            return ModelSections.With(bare, SectionType.Learn, section);
        }
    }

    private static byte[] Section(byte* model, BackwardGraph graph, LearningLayout layout, LearningSettings settings)
    {
        var section = new SectionBuilder();
        Header(section, model, graph, layout, settings);
        var blocks = new SectionBuilder();
        int blocksAt = LearnFile.HeaderBytes + graph.Steps.Count * LearnRecord.Bytes + layout.Saves.Count * LearnFile.SaveBytes;
        for (int i = 0; i < graph.Steps.Count; i++)
            Record(section, blocks, blocksAt, model, graph.Steps[i], layout.Places[i], layout, settings);
        foreach (((int tensor, int kind), int place) in layout.Saves.OrderBy(save => save.Key))
        {
            section.Int16(tensor);
            section.Int16(kind);
            section.Int32(place);
        }
        section.Bytes(blocks.ToArray());
        return section.ToArray();
    }

    private static void Header(SectionBuilder section, byte* model, BackwardGraph graph, LearningLayout layout, LearningSettings settings)
    {
        (int multiplier, int shift, int minDifference) = LossFields(model, graph.LossTensor, settings.Loss);
        section.Byte((int)settings.Loss);
        section.Byte(settings.FractionBits);
        section.Int16(graph.Steps.Count);
        section.Int16(layout.Saves.Count);
        section.Int16(graph.LossTensor);
        section.Int32(settings.Seed);
        section.Int32(0);
        section.Int32(layout.State);
        section.Int32(layout.Target);
        section.Int32(multiplier);
        section.Int32(shift);
        section.Int32(minDifference);
        section.Int16((int)Math.Round(settings.Momentum * (1 << 15)));
        section.Int16(settings.Batch);
        (int decay, int decayShift) = Decay(settings);
        section.Int16(decay);
        section.Int16(decayShift);
        section.Int32(layout.Error(graph.LossTensor));
    }

    /// <summary>A softmax of the loss tensor, or the scale of what is squared.</summary>
    private static (int Multiplier, int Shift, int MinDifference) LossFields(byte* model, int tensor, LearningLoss loss)
    {
        double scale = StepSizes.Scale(model, ModelFile.Tensor(model, tensor));
        if (loss == LearningLoss.SquaredError)
        {
            int exponent = (int)Math.Floor(Math.Log2(scale)) + 1;
            return ((int)Math.Round(Math.ScaleB(scale, 14 - exponent)), exponent - 14, 0);
        }
        byte[] own = OwnFields.Softmax(scale);
        return (BitConverter.ToInt32(own, 0), BitConverter.ToInt32(own, 4), BitConverter.ToInt32(own, 8));
    }

    /// <summary>What the weights lose every so many samples. A momentum makes a step larger by 1 / (1 − momentum) in the long run.</summary>
    private static (int Mantissa, int Shift) Decay(LearningSettings settings)
    {
        if (settings.Decay == 0) return (0, 0);
        double share = settings.Rate / settings.Batch / (1 - settings.Momentum) * settings.Decay * WeightDecay.Interval;
        if (!(share is > 0 and < 1)) throw new ExportException($"a weight decay of {settings.Decay:g3} at a rate of {settings.Rate:g3} is out of range");
        StepSize size = StepSize.Of(share);
        return (size.Mantissa, size.Shift);
    }

    private static void Record(
        SectionBuilder section, SectionBuilder blocks, int blocksAt, byte* model, BackwardStep step, LearningLayout.Place place, LearningLayout layout,
        LearningSettings settings)
    {
        int op = ModelFile.Operator(model, step.Operator);
        DerivativeTable? derivatives = OperatorRecord.Code(model, op) == Lookup.Code ? DerivativeTable.Of(model, op) : null;
        StepSizes? sizes = step.Depth == 0 ? null : StepSizes.Of(model, op, settings.Rate / settings.Batch);
        section.Int16(step.Operator);
        section.Byte(step.Flags);
        section.Byte(step.InputIndex);
        section.Int16(step.Mask.Min);
        section.Int16(step.Mask.Max);
        section.Int32(step.IsMasked ? layout.Saved(step.Output, LearnFile.SavesBytes) : 0);
        section.Int32(layout.Error(step.Output));
        section.Int32(step.Has(LearnRecord.GivesInputError) ? layout.Error(step.Input) : 0);
        section.Int32(step.Has(LearnRecord.GivesInput2Error) ? layout.Error(step.Input2) : 0);
        section.Int32(place.FreshError);
        section.Int32(SavedInput(model, op, step, layout));
        section.Int32(place.Weights);
        section.Int32(place.Fractions);
        section.Int32(place.Biases);
        section.Int32(place.Velocity);
        section.Int32(place.Scratch);
        section.Int32(sizes is null && derivatives is null ? 0 : blocksAt + blocks.Length);
        section.Int16(step.FirstChannel);
        section.Int16(step.LearningChannels);
        section.Int16(step.ChannelsAtOnce);
        section.Byte(sizes?.BackExponent ?? derivatives?.Exponent ?? 0);
        section.Byte(step.BackShift);
        if (sizes is not null) Block(blocks, sizes);
        foreach (int value in derivatives?.Values ?? []) blocks.Int16(value);
    }

    private static int SavedInput(byte* model, int op, BackwardStep step, LearningLayout layout)
    {
        if (OperatorRecord.Code(model, op) == MaxPool.Code) return layout.Saved(step.Output, LearnFile.SavesWinners);
        return step.Has(LearnRecord.TrainsWeights) || OperatorRecord.Code(model, op) == Lookup.Code ? layout.Saved(step.Input, LearnFile.SavesBytes) : 0;
    }

    private static void Block(SectionBuilder blocks, StepSizes sizes)
    {
        foreach (int back in sizes.Back) blocks.Int16(back);
        foreach (StepSize step in sizes.Weights) blocks.Int16(step.Mantissa);
        foreach (StepSize step in sizes.Biases) blocks.Int16(step.Mantissa);
        foreach (StepSize step in sizes.Weights) blocks.Byte(step.Shift);
        foreach (StepSize step in sizes.Biases) blocks.Byte(step.Shift);
        blocks.PadTo(4);
    }
}
