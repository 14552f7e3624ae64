using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using EdgeCnn.Managed;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Import;
using EdgeCnn.Trainer.Import.Onnx;
using EdgeCnn.Trainer.Numerics;
using Xunit;

namespace EdgeCnn.Tests.Import.Onnx;

/// <summary>
/// Damaged ONNX files are refused with a reason, or become a model that the runtime's check accepts and that runs inside its file and
/// arena, which lie between inaccessible pages. EDGECNN_FUZZ_SECONDS makes the search as long as asked.
/// </summary>
public sealed class DamagedOnnxTests
{
    private const int Mutants = 20_000, Workers = 4;

    [Fact]
    public void Mutants_are_refused_with_a_reason_or_become_models_that_run_inside_their_memory()
    {
        byte[][] originals = [.. OnnxCases.All.Select(test => test.File(test.Real())), OnnxNetworks.Quantized(),
            OnnxNetworks.Transposed(), OnnxNetworks.Float("N")];
        var surprises = new ConcurrentBag<string>();
        var verdicts = new (int Refused, int Ran, int TooLarge)[Workers];
        Parallel.For(0, Workers, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, worker =>
        {
            using var run = new GuardedRun();
            var random = new SplitMix64(2027, (ulong)worker);
            var clock = new FuzzClock(Mutants / Workers);
            while (clock.Next())
                Judge(ByteMutation.Of(originals[random.Below(originals.Length)], ref random), random.Below(2) == 0, run,
                    ref verdicts[worker], surprises);
        });

        int refused = verdicts.Sum(count => count.Refused), ran = verdicts.Sum(count => count.Ran);
        int tooLarge = verdicts.Sum(count => count.TooLarge), all = refused + ran + tooLarge;
        Measured.Note($"damaged ONNX files: {all} mutants of {originals.Length} models, {refused} refused, {ran} ran, "
            + $"{tooLarge} accepted but too large to run here");
        Assert.True(surprises.IsEmpty, string.Join(Environment.NewLine, surprises.Distinct()));
        Assert.InRange(refused, all / 10, all);
        Assert.InRange(ran, all / 20, all);
    }

    private static void Judge(
        byte[] mutant, bool fuse, GuardedRun run, ref (int Refused, int Ran, int TooLarge) verdict, ConcurrentBag<string> surprises)
    {
        try
        {
            if (run.Try(ModelWriter.Write(OnnxImporter.Import(mutant, fuse)), fuse)) verdict.Ran++;
            else verdict.TooLarge++;
        }
        catch (Exception reason) when (reason is ImportException or ExportException or ModelException)
        {
            verdict.Refused++;
        }
#pragma warning disable CA1031 // Whatever else comes is what this test looks for.
        catch (Exception surprise)
#pragma warning restore CA1031
        {
            surprises.Add($"{surprise.GetType().Name}: {surprise.Message} {string.Join(" < ", GuardedRun.Frames(surprise))}");
        }
    }
}
