using System;
using System.IO;

namespace EdgeCnn.Trainer.Training;

/// <summary>
/// The file of an unfinished training. A loop that was restored from it goes on with the same bits as if it had never been interrupted.
/// </summary>
/// <remarks>
/// Little-endian: "ECCP"; version (uint32, 1); the <see cref="TrainingOrigin"/>: recipe and data (texts), epochs (int32), seed (uint64);
/// the <see cref="TrainingPosition"/>: epoch, batch (int32), loss (float64), correct, stopped (int32); the number of epochs done (int32)
/// and of each, all float64, loss, accuracy, rate, validation loss and accuracy, NaN where there are none; the optimizer's steps (int64)
/// and the lists of numbers that optimizer, schedule and every stop rule remember; the number of parameters (int32) and of each its
/// name, its values, and the optimizer's slots for them; CRC-32 of all bytes before it. A list is its length (int32) and its values,
/// float32 for parameters and slots, float64 for numbers; a text is its length in bytes (int32) and its UTF-8. What is drawn at random,
/// order, augmentation and dropout, follows from seed and position.
/// </remarks>
public static class Checkpoint
{
    private const uint Version = 1;

    private static ReadOnlySpan<byte> Magic => "ECCP"u8;

    /// <summary>Writes the file, whole or not at all; an older one stays until the new one is complete.</summary>
    /// <param name="path">The file.</param>
    /// <param name="loop">The training, standing still.</param>
    /// <param name="origin">What the training was made of.</param>
    /// <exception cref="IOException">The file can't be written.</exception>
    public static void Save(string path, TrainingLoop<float> loop, TrainingOrigin origin)
    {
        ArgumentNullException.ThrowIfNull(loop);
        ArgumentNullException.ThrowIfNull(origin);
        using var writer = new CheckedWriter(Magic, Version);
        writer.Write(origin.Recipe);
        writer.Write(origin.Data);
        writer.Write(origin.Epochs);
        writer.Write(origin.Seed);
        WritePlace(writer, loop);
        writer.Write(loop.OptimizerState.Steps);
        writer.Write(loop.OptimizerState.Numbers);
        writer.Write(loop.Schedule.Numbers);
        foreach (var rule in loop.StopRules)
            writer.Write(rule.Numbers);
        writer.Write(loop.Network.Parameters.Count);
        foreach (var parameter in loop.Network.Parameters)
        {
            writer.Write(parameter.Name);
            writer.Write(parameter.Values);
            for (var slot = 0; slot < loop.OptimizerState.Slots.Count; slot++)
                writer.Write(loop.OptimizerState.Slot(slot, parameter));
        }

        writer.Save(path);
    }

    /// <summary>Brings a training, made as the saved one was, to where that was.</summary>
    /// <param name="path">The file.</param>
    /// <param name="loop">A fresh training; after a refusal it must not be used.</param>
    /// <param name="origin">What it was made of.</param>
    /// <exception cref="InvalidDataException">The file is damaged, no checkpoint, or one of another training.</exception>
    /// <exception cref="IOException">It can't be read.</exception>
    public static void Restore(string path, TrainingLoop<float> loop, TrainingOrigin origin)
    {
        ArgumentNullException.ThrowIfNull(loop);
        ArgumentNullException.ThrowIfNull(origin);
        var reader = Open(path);
        CheckOrigin(path, ReadOrigin(reader), origin);
        var (position, history) = ReadPlace(reader);
        loop.OptimizerState.Steps = reader.ReadInt64();
        reader.ReadValues(loop.OptimizerState.Numbers, "the optimizer");
        reader.ReadValues(loop.Schedule.Numbers, "the schedule");
        foreach (var rule in loop.StopRules)
            reader.ReadValues(rule.Numbers, "a stop rule");
        reader.Expect(loop.Network.Parameters.Count, "parameters");
        foreach (var parameter in loop.Network.Parameters)
        {
            reader.Expect(parameter.Name, "parameter");
            reader.ReadValues(parameter.Values, parameter.Name);
            for (var slot = 0; slot < loop.OptimizerState.Slots.Count; slot++)
                reader.ReadValues(loop.OptimizerState.Slot(slot, parameter), $"{loop.OptimizerState.Slots[slot]} of {parameter.Name}");
        }

        reader.CheckEnd();
        loop.Network.WeightsChanged();
        loop.Restore(position, history);
    }

    /// <summary>Where a saved training was.</summary>
    /// <exception cref="InvalidDataException">The file is damaged or no checkpoint.</exception>
    /// <exception cref="IOException">It can't be read.</exception>
    public static (TrainingOrigin Origin, TrainingPosition Position) Read(string path)
    {
        var reader = Open(path);
        return (ReadOrigin(reader), ReadPlace(reader).Position);
    }

    private static CheckedReader Open(string path) => new(path, Magic, Version, "a checkpoint of a training");

    private static TrainingOrigin ReadOrigin(CheckedReader reader) =>
        new(reader.ReadText(), reader.ReadText(), reader.ReadInt32(), reader.ReadUInt64());

    private static void CheckOrigin(string path, TrainingOrigin found, TrainingOrigin expected)
    {
        var difference = found.Recipe != expected.Recipe ? "another recipe"
            : found.Data != expected.Data ? "other data"
            : found.Epochs != expected.Epochs ? $"{found.Epochs} epochs, not {expected.Epochs}"
            : found.Seed != expected.Seed ? $"seed {found.Seed}, not {expected.Seed}"
            : null;
        if (difference is not null)
            throw new InvalidDataException(
                $"{path}: this is the checkpoint of a training with {difference}; go on with what it began with, or delete the file");
    }

    private static void WritePlace(CheckedWriter writer, TrainingLoop<float> loop)
    {
        var position = loop.Position;
        writer.Write(position.Epoch);
        writer.Write(position.Batch);
        writer.Write(position.Loss);
        writer.Write(position.Correct);
        writer.Write(position.Stopped ? 1 : 0);
        writer.Write(loop.History.Count);
        foreach (var epoch in loop.History)
        {
            writer.Write(epoch.Loss);
            writer.Write(epoch.Accuracy);
            writer.Write(epoch.Rate);
            writer.Write(epoch.ValidationLoss ?? double.NaN);
            writer.Write(epoch.ValidationAccuracy ?? double.NaN);
        }
    }

    private static (TrainingPosition Position, EpochResult[] History) ReadPlace(CheckedReader reader)
    {
        var position = new TrainingPosition(
            reader.ReadInt32(), reader.ReadInt32(), reader.ReadDouble(), reader.ReadInt32(), reader.ReadInt32() != 0);
        reader.Expect(position.Epoch - 1, "epochs");
        var history = new EpochResult[position.Epoch - 1];
        for (var i = 0; i < history.Length; i++)
            history[i] = new EpochResult(
                i + 1, reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble(), Measured(reader.ReadDouble()),
                Measured(reader.ReadDouble()));
        return (position, history);
    }

    private static double? Measured(double value) => double.IsNaN(value) ? null : value;
}
