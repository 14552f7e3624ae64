using System.Linq;
using EdgeCnn.Trainer.Export;
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
    private const int Mutants = 20_000;

    [Fact]
    public void Mutants_are_refused_with_a_reason_or_become_models_that_run_inside_their_memory()
    {
        byte[][] originals =
            [.. OnnxCases.All.Select(test => test.File(test.Real())), OnnxNetworks.Quantized(), OnnxNetworks.Transposed(), OnnxNetworks.Float("N")];
        var verdicts = new ImportVerdicts();
        FuzzResult search = FuzzSearch.Run(originals, Mutants, () => new DamagedOnnx(verdicts));

        Measured.Note($"damaged ONNX files: {search}; {verdicts}");
        // Lengths are everywhere in this format: most damage is fatal at once.
        verdicts.Check(search.Inputs, leastRan: 20);
    }

    private sealed class DamagedOnnx(ImportVerdicts verdicts) : DamagedImport<byte[]>(verdicts)
    {
        internal override byte[] Bytes(byte[] input) => input;

        internal override byte[] Damage(byte[] parent, ref SplitMix64 random) => ByteMutation.Of(parent, ref random);

        protected override IntegerModel Import(byte[] file, bool fuse) => OnnxImporter.Import(file, fuse);
    }
}
