using System;
using System.Collections.Generic;
using System.Linq;
using EdgeCnn.Managed;
using EdgeCnn.Tests.Learning;
using EdgeCnn.Tests.Operators;
using EdgeCnn.Trainer.Learning;
using Xunit;

namespace EdgeCnn.Tests.Model;

/// <summary>
/// Damaged files are refused with a reason, or run inside their file and arena. Both lie between inaccessible pages and the file is
/// read-only: one stray access ends the process.
/// </summary>
public sealed unsafe class DamagedFileTests
{
    private const int Mutants = 200_000, LearningMutants = 12_000;

    /// <summary>More than the originals need, so that some files with a larger arena are accepted too.</summary>
    private const int ArenaLimit = 16 * 1024, LearningArenaLimit = 128 * 1024, LearningLimit = 1024 * 1024;

    [Fact]
    public void Mutants_are_refused_with_a_reason_or_run_inside_their_memory()
    {
        byte[][] plain =
        [
            .. OperatorCase.All(1).Select(test => test.File), .. OperatorSample.All(1).Select(sample => sample.File),
            .. OperatorSample.All(2).Select(sample => sample.File),
        ];
        // As they are exported, and as they are laid out for each tile of this machine.
        IEnumerable<byte[]> lowered = OperatorHarnessTests.Tiles.SelectMany(tile => plain.Select(file => OperatorHarnessTests.Lowered(file, tile)));
        byte[][] originals = [.. plain, .. lowered, TestModels.LeNet5];
        int[] counts = new int[Enum.GetValues<ModelError>().Length];
        int largest = originals.Max(original => original.Length);
        FuzzResult search = FuzzSearch.Run(originals, Mutants, () => new DamagedFile(largest, ArenaLimit, 0, counts));

        int ran = counts[(int)ModelError.None];
        string reasons = string.Join(", ", Enumerable.Range(1, counts.Length - 1).Select(error => $"{(ModelError)error} {counts[error]}"));
        Measured.Note($"damaged model files: {search}; {ran} ran ({100.0 * ran / search.Inputs:f1} %), the others refused: {reasons}");
        Assert.Equal(search.Inputs, counts.Sum());
        Assert.InRange(ran, search.Inputs / 10, search.Inputs);
        // Every rule has been the reason for some refusal, so none of them is dead; a buffer is only for models that stay in storage.
        IEnumerable<ModelError> rules = Enum.GetValues<ModelError>().Where(error => error != ModelError.BufferTooSmall);
        Assert.All(rules, error => Assert.True(counts[(int)error] > 0, $"{error} never occurred"));
    }

    [Fact]
    public void Mutants_that_learn_are_refused_with_a_reason_or_learn_inside_their_memory()
    {
        byte[][] plain =
        [
            .. new[] { TestModels.LeNet5, LearningModels.DepthwiseResidual, LearningModels.Random(1), LearningModels.Random(2) }
                .Select(model => LearningPlanner.Apply(model, new LearningSettings())),
            LearningPlanner.Apply(LearningModels.Random(3), new LearningSettings { Batch = 2, Momentum = 0.5 }),
        ];
        byte[][] originals = [.. TileChoice.Available.SelectMany(tile => plain.Select(file => LoweredToLearn(file, tile)))];
        int[] counts = new int[Enum.GetValues<ModelError>().Length];
        int largest = originals.Max(original => original.Length);
        FuzzResult search = FuzzSearch.Run(originals, LearningMutants, () => new DamagedFile(largest, LearningArenaLimit, LearningLimit, counts));

        int ran = counts[(int)ModelError.None], refused = counts[(int)ModelError.BadLearn];
        Measured.Note($"damaged files that learn: {search}; {ran} ran ({100.0 * ran / search.Inputs:f1} %), {refused} refused for their LEARN section");
        Assert.Equal(search.Inputs, counts.Sum());
        Assert.InRange(ran, search.Inputs / 10, search.Inputs);
        Assert.InRange(refused, search.Inputs / 100, search.Inputs);
    }

    private static byte[] LoweredToLearn(byte[] file, int tile)
    {
        using EdgeModel model = EdgeModel.Open(file, new ModelOptions { Learns = true, Tile = tile });
        return new ReadOnlySpan<byte>(model.ModelPointer, ModelFile.FileBytes(model.ModelPointer)).ToArray();
    }

    [Fact]
    public void Every_truncation_is_refused()
    {
        byte[] file = OperatorCase.All(2).First().File;
        using var memory = new GuardedMemory(file.Length);
        for (int length = 0; length < file.Length; length++)
        {
            int where = -1;
            ModelError error = ModelCheck.Verify(memory.PlaceReadOnly(file.AsSpan(0, length)), length, ArenaLimit, ref where);
            Assert.Equal(ModelError.Truncated, error);
            Assert.InRange(where, 0, length);
        }
    }

    [Fact]
    public void Every_flipped_bit_is_noticed()
    {
        byte[] file = OperatorCase.All(3).First().File;
        using var memory = new GuardedMemory(file.Length);
        for (int bit = 0; bit < 8 * file.Length; bit++)
        {
            file[bit / 8] ^= (byte)(1 << (bit % 8));
            int where = -1;
            Assert.NotEqual(ModelError.None, ModelCheck.Verify(memory.PlaceReadOnly(file), file.Length, ArenaLimit, ref where));
            Assert.InRange(where, 0, file.Length);
            file[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }
}
