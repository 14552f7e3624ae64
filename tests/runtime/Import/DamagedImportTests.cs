using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
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
public sealed class DamagedImportTests
{
    private const int Mutants = 20_000;

    private static readonly string Golden = Path.Combine(Repository.Shared, "golden");

    [Fact]
    public void Mutants_are_refused_with_a_reason_or_become_models_that_run_inside_their_memory()
    {
        string folder = Path.Combine(Golden, "ops");
        Assert.SkipUnless(Directory.Exists(folder), $"no golden data in {folder}; set EDGECNN_SHARED");
        TfliteMutation[] originals = [.. Originals(folder).Select(file => new TfliteMutation(file))];
        var verdicts = new ImportVerdicts();
        FuzzResult search = FuzzSearch.Run(originals, Mutants, () => new DamagedTflite(verdicts));

        Measured.Note($"damaged TensorFlow Lite files: {search}; {verdicts}");
        verdicts.Check(search.Inputs, leastRan: 10);
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

    private sealed class DamagedTflite(ImportVerdicts verdicts) : DamagedImport<TfliteMutation>(verdicts)
    {
        internal override byte[] Bytes(TfliteMutation input) => input.File;

        internal override TfliteMutation Damage(TfliteMutation parent, ref SplitMix64 random) => parent.Next(ref random);

        protected override IntegerModel Import(byte[] file, bool fuse) => TfliteImporter.Import(file, fuse);
    }
}
