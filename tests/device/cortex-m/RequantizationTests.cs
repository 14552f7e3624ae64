using System;
using System.Collections.Generic;
using System.Linq;
using EdgeCnn.Managed;
using EdgeCnn.Trainer.Export;
using Xunit;

namespace EdgeCnn.Device.Tests;

/// <summary>Scales that the exporter does not make, but that a model file may have: micro-kernels have paths of their own for them.</summary>
public sealed class RequantizationTests(ModelFixture fixture) : IClassFixture<ModelFixture>
{
    private const int Inputs = 5;

    [Theory]
    [InlineData("mps2-an386")]
    [InlineData("mps3-an547")]
    public void Small_multipliers_and_shifts_to_the_left_give_the_desktops_numbers(string board)
    {
        byte[] model = [.. fixture.Model];
        Rewrite(model);
        ModelSeal.Apply(model);
        byte[][] inputs = fixture.Inputs[..Inputs];
        using EdgeModel desktop = EdgeModel.Open(model, TileCode.Portable);
        string[] expected = [.. inputs.SelectMany((input, number) => Hashes(desktop, input, number))];

        CommandResult run = new Firmware(
            board, fixture.Write($"{board}.ecnn", model), fixture.Write($"{board}.bin", [.. inputs.SelectMany(input => input)])).Run();

        Assert.Equal(expected, run.Output.Split('\n').Where(line => line.StartsWith("input ", StringComparison.Ordinal)));
    }

    private static IEnumerable<string> Hashes(EdgeModel desktop, byte[] input, int number)
    {
        input.CopyTo(desktop.Bytes(desktop.Inputs[0]));
        return [.. desktop.RunProbed().Select((entry, op) => $"input {number} operator {op} hash {entry.Hash:x16}")];
    }

    /// <summary>Of three channels, one gets half its multiplier and twice its power of two, one a shift of two to the left and a
    /// multiplier that is as much smaller.</summary>
    private static unsafe void Rewrite(byte[] file)
    {
        fixed (byte* model = file)
        {
            for (int i = 0; i < ModelFile.OperatorCount(model); i++)
            {
                int op = ModelFile.Operator(model, i);
                if (OperatorRecord.Code(model, op) is not (Conv2D.Code or FullyConnected.Code)) continue;
                int count = WeightedRows.Multipliers(model, op);
                int at = OperatorRecord.Requant(model, op) + OperatorRecord.BiasBytes(model, op);
                for (int c = 0; c < count; c++)
                {
                    int shift = ScaleBlock.Shift(model, at, count, c), by = (c % 3) switch { 0 => 1, 1 => 2 - shift, _ => 0 };
                    Memory.SetInt32(model, at + 4 * c, ScaleBlock.Multiplier(model, at, c) >> by);
                    model[at + 4 * count + c] = (byte)(shift + by);
                }
            }
        }
    }
}
