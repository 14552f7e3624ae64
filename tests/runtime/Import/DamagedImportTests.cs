using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using EdgeCnn.Managed;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Import;
using EdgeCnn.Trainer.Import.Tflite;
using EdgeCnn.Trainer.Numerics;
using Xunit;

namespace EdgeCnn.Tests.Import;

/// <summary>
/// Damaged TensorFlow Lite files are refused with a reason, or become a model that the runtime's check accepts and that runs inside
/// its file and arena, which lie between inaccessible pages. EDGECNN_FUZZ_SECONDS makes the search as long as asked.
/// </summary>
public sealed unsafe class DamagedImportTests
{
    private const int Mutants = 20_000, Workers = 4, ArenaLimit = 1 << 20, FileLimit = 1 << 20;

    private static readonly string Golden = Path.Combine(Repository.Shared, "golden");

    private static int Seconds =>
        int.TryParse(Environment.GetEnvironmentVariable("EDGECNN_FUZZ_SECONDS"), CultureInfo.InvariantCulture, out int asked) ? asked : 0;

    [Fact]
    public void Mutants_are_refused_with_a_reason_or_become_models_that_run_inside_their_memory()
    {
        string folder = Path.Combine(Golden, "ops");
        Assert.SkipUnless(Directory.Exists(folder), $"no golden data in {folder}; set EDGECNN_SHARED");
        TfliteMutation[] originals = [.. Originals(folder).Select(file => new TfliteMutation(file))];
        var surprises = new ConcurrentBag<string>();
        var verdicts = new (int Refused, int Ran, int TooLarge)[Workers];
        Parallel.For(0, Workers, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, worker =>
            verdicts[worker] = Judge(originals, worker, surprises));

        int refused = verdicts.Sum(count => count.Refused), ran = verdicts.Sum(count => count.Ran);
        int tooLarge = verdicts.Sum(count => count.TooLarge), all = refused + ran + tooLarge;
        Measured.Note($"damaged TensorFlow Lite files: {all} mutants of {originals.Length} models, {refused} refused, {ran} ran, "
            + $"{tooLarge} accepted but too large to run here");
        Assert.True(surprises.IsEmpty, string.Join(Environment.NewLine, surprises.Distinct()));
        Assert.InRange(all, Seconds > 0 ? 1 : Mutants, int.MaxValue);
        Assert.InRange(refused, all / 10, all);
        Assert.InRange(ran, all / 10, all);
    }

    /// <summary>The smallest model of each operator that can be imported, and a network.</summary>
    private static IEnumerable<byte[]> Originals(string folder)
    {
        foreach (string op in Directory.GetDirectories(folder).Order(StringComparer.Ordinal))
        {
            IEnumerable<byte[]> variants = Directory.GetFiles(op, "model.tflite", SearchOption.AllDirectories)
                .Order(StringComparer.Ordinal).Select(File.ReadAllBytes).OrderBy(file => file.Length);
            if (variants.FirstOrDefault(CanBeImported) is { } smallest) yield return smallest;
        }
        yield return File.ReadAllBytes(Path.Combine(Golden, "hello_world", "model.tflite"));
    }

    private static bool CanBeImported(byte[] file)
    {
        try
        {
            return ModelWriter.Write(TfliteImporter.Import(file)).Length > 0;
        }
        catch (ImportException)
        {
            return false;
        }
    }

    private static (int Refused, int Ran, int TooLarge) Judge(TfliteMutation[] originals, int worker, ConcurrentBag<string> surprises)
    {
        int refused = 0, ran = 0, tooLarge = 0;
        using var fileMemory = new GuardedMemory(FileLimit);
        using var arenaMemory = new GuardedMemory(ArenaLimit);
        var random = new SplitMix64(2026, (ulong)worker);
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; Seconds > 0 ? Stopwatch.GetElapsedTime(start).TotalSeconds < Seconds : i < Mutants / Workers; i++)
        {
            byte[] mutant = originals[random.Below(originals.Length)].Next(ref random);
            bool fuse = random.Below(2) == 0, atEnd = random.Below(2) == 0;
            try
            {
                byte[] model = ModelWriter.Write(TfliteImporter.Import(mutant, fuse));
                if (Run(model, fileMemory, arenaMemory, atEnd)) ran++;
                else tooLarge++;
            }
            catch (Exception reason) when (reason is ImportException or ExportException or ModelException)
            {
                refused++;
            }
#pragma warning disable CA1031 // Whatever else comes is what this test looks for.
            catch (Exception surprise)
#pragma warning restore CA1031
            {
                surprises.Add($"{surprise.GetType().Name}: {surprise.Message} {string.Join(" < ", Frames(surprise))}");
            }
        }
        return (refused, ran, tooLarge);
    }

    /// <summary>Verifies the model and runs it once; false when it does not fit the memory here.</summary>
    private static bool Run(byte[] model, GuardedMemory fileMemory, GuardedMemory arenaMemory, bool atEnd)
    {
        if (model.Length > FileLimit) return false;
        byte* file = fileMemory.PlaceReadOnly(model, atEnd);
        if (ModelFile.ArenaBytes(file) > ArenaLimit) return false;
        int where = -1;
        Assert.Equal(ModelError.None, ModelCheck.Verify(file, model.Length, ArenaLimit, ref where));
        Interpreter.Run(file, arenaMemory.Place(ModelFile.ArenaBytes(file), atEnd));
        return true;
    }

    private static IEnumerable<string> Frames(Exception surprise) => (surprise.StackTrace ?? "").Split('\n')
        .Where(line => line.Contains("EdgeCnn", StringComparison.Ordinal)).Take(3).Select(line => line.Trim());
}
