using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using EdgeCnn.Tests.Operators;
using EdgeCnn.Trainer.Numerics;
using Xunit;

namespace EdgeCnn.Tests.Model;

/// <summary>
/// Damaged files are refused with a reason, or run inside their file and arena. Both lie between inaccessible pages and the file is
/// read-only: one stray access ends the process.
/// </summary>
public sealed unsafe class DamagedFileTests
{
    private const int Mutants = 200_000, Workers = 4;

    /// <summary>More than the originals need, so that some files with a larger arena are accepted too.</summary>
    private const int ArenaLimit = 16 * 1024;

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
        var verdicts = new int[Workers][];
        Parallel.For(0, Workers, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, worker =>
            verdicts[worker] = Judge(originals, worker, Mutants / Workers));

        int[] counts = [.. Enumerable.Range(0, verdicts[0].Length).Select(error => verdicts.Sum(verdict => verdict[error]))];
        int ran = counts[(int)ModelError.None];
        string reasons = string.Join(", ", Enumerable.Range(1, counts.Length - 1).Select(error => $"{(ModelError)error} {counts[error]}"));
        Measured.Note($"damaged model files: {Mutants} mutants, {ran} ran ({100.0 * ran / Mutants:f1} %), the others refused: {reasons}");
        Assert.Equal(Mutants, counts.Sum());
        Assert.InRange(ran, Mutants / 10, Mutants);
        // Every rule has been the reason for some refusal, so none of them is dead.
        Assert.All(Enum.GetValues<ModelError>(), error => Assert.True(counts[(int)error] > 0, $"{error} never occurred"));
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

    /// <summary>Mutates, verifies and runs; the number of files per verdict.</summary>
    private static int[] Judge(byte[][] originals, int worker, int count)
    {
        int[] verdicts = new int[Enum.GetValues<ModelError>().Length];
        using var fileMemory = new GuardedMemory(originals.Max(original => original.Length));
        using var arenaMemory = new GuardedMemory(ArenaLimit);
        var random = new SplitMix64(2026, (ulong)worker);
        for (int i = 0; i < count; i++)
        {
            // The large network now and then; small files are as good for finding faults, and faster.
            byte[] original = random.Below(100) == 0 ? originals[^1] : originals[random.Below(originals.Length - 1)];
            byte[] mutant = Mutation.Of(original, ref random);
            bool atEnd = random.Below(2) == 0;
            int arenaLength = random.Below(8) == 0 ? random.Below(ArenaLimit) : ArenaLimit, where = -1;
            byte* file = fileMemory.PlaceReadOnly(mutant, atEnd);
            ModelError error = ModelCheck.Verify(file, mutant.Length, arenaLength, ref where);
            verdicts[(int)error]++;
            if (error == ModelError.None) Interpreter.Run(file, arenaMemory.Place(ModelFile.ArenaBytes(file), atEnd));
            else if (where < 0 || where > mutant.Length) throw new InvalidOperationException($"{error} at {where}, outside the file");
        }
        return verdicts;
    }
}
