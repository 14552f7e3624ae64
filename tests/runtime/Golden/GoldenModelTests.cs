using System;
using System.Collections.Generic;
using System.Linq;
using EdgeCnn.Managed;
using Xunit;

namespace EdgeCnn.Tests.Golden;

/// <summary>
/// Public quantized models against TensorFlow Lite Micro (golden/): 20 inputs each, every operator's output equal; and what the
/// conversion saves.
/// </summary>
public sealed class GoldenModelTests
{
    /// <summary>The arena that TensorFlow Lite Micro needs at its best, in bytes; 0 where it was not measured.</summary>
    private static readonly Dictionary<string, int> PeerArena = new(StringComparer.Ordinal)
    {
        ["kws_ref"] = 22_772,
        ["resnet8"] = 54_340,
        ["ad01"] = 2_260,
        ["micro_speech"] = 6_788,
        ["tm_mnist_valid_q"] = 2_788,
        ["tm_cifar10_q"] = 13_364,
        ["hello_world"] = 0,
    };

    /// <summary>Every model, as it is and with operators fused.</summary>
    public static TheoryData<string, bool> Models => [.. PeerArena.Keys.SelectMany(name => new[] { (name, false), (name, true) })];

    [Theory]
    [MemberData(nameof(Models))]
    public void Every_layer_of_twenty_inputs_equals_the_reference_on_every_tile(string name, bool fuse)
    {
        ReferenceModel reference = ReferenceModel.Of(name);
        byte[] file = reference.Imported(fuse);
        int[] compared = [.. TileChoice.Available.Select(tile => Compare(reference, file, tile))];
        using EdgeModel model = EdgeModel.Open(file);
        string tiles = string.Join(", ", TileChoice.Available.Select(TileChoice.Name));
        Measured.Note(
            $"{name}, {(fuse ? "fused" : "every tensor")}: {compared[0]} hashes equal to the reference on each of {tiles}; "
            + $"{file.Length} bytes for {reference.Source.Length}, arena {model.Info.ArenaBytes}");
        Assert.All(compared, count => Assert.Equal(compared[0], count));
        if (!fuse) Assert.Equal(ReferenceModel.Runs * reference.Hashes.Count, compared[0]);
        Assert.InRange(compared[0], ReferenceModel.Runs, int.MaxValue);
        Assert.InRange(file.Length, 1, reference.Source.Length - 1);
        if (PeerArena[name] is var arena and > 0) Assert.InRange(model.Info.ArenaBytes, 1, arena);
    }

    /// <summary>Runs all inputs operator by operator; the number of outputs that the reference has a hash for.</summary>
    private static int Compare(ReferenceModel reference, byte[] file, int tile)
    {
        using EdgeModel model = EdgeModel.Open(file, tile);
        int compared = 0;
        for (int k = 0; k < ReferenceModel.Runs; k++)
        {
            reference.Inputs[k].CopyTo(model.Bytes(model.Inputs[0]));
            foreach (OperatorInfo op in model.Operators)
            {
                ReadOnlySpan<byte> found = model.Step(op.Index);
                if (!reference.Hashes.TryGetValue(op.Output.Source, out string[]? hashes)) continue;
                Assert.True(
                    hashes[k] == ReferenceModel.Hash(found),
                    $"{model.TileName}, input {k}, operator {op.Index} ({op.Name}), tensor {op.Output.Source}");
                compared++;
            }
            Assert.Equal(reference.Outputs[k], model.Bytes(model.Outputs[0]).ToArray());
        }
        return compared;
    }
}
