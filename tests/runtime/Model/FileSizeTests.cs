using System.Linq;
using EdgeCnn.Managed;
using Xunit;

namespace EdgeCnn.Tests.Model;

public sealed unsafe class FileSizeTests
{
    [Fact]
    public void LeNet5_costs_at_most_1700_bytes_over_weights_and_biases()
    {
        using EdgeModel model = EdgeModel.Open(TestModels.LeNet5);
        int parameters = (6 * 25 + 6) + (16 * 150 + 16) + (120 * 400 + 120) + (84 * 120 + 84) + (10 * 84 + 10);
        int biases = 4 * (6 + 16 + 120 + 84 + 10), weights = parameters - biases / 4;
        int test = model.Info.Sections.Single(section => section.Type == SectionType.Test).Bytes;

        Assert.InRange(model.Info.FileBytes - test - weights - biases, 0, 1700);
    }

    [Fact]
    public void LeNet5_runs_in_exactly_the_arena_it_states()
    {
        byte[] bytes = TestModels.LeNet5;
        using var fileMemory = new GuardedMemory(bytes.Length);
        byte* file = fileMemory.PlaceReadOnly(bytes);
        int arenaBytes = ModelFile.ArenaBytes(file), where = 0;
        Assert.Equal(ModelError.None, ModelCheck.Verify(file, bytes.Length, arenaBytes, ref where));
        Assert.Equal(ModelError.ArenaTooSmall, ModelCheck.Verify(file, bytes.Length, arenaBytes - 1, ref where));
        foreach (bool atEnd in new[] { true, false })
        {
            using var arenaMemory = new GuardedMemory(arenaBytes);
            byte[] report = new byte[Probe.EntryBytes * ModelFile.OperatorCount(file)];
            fixed (byte* entries = report) Assert.Equal(SelfTest.Passed, SelfTest.Run(file, arenaMemory.Place(arenaBytes, atEnd), entries, 0));
        }
    }
}
