using System;
using System.IO;
using System.Linq;
using EdgeCnn.Device.Tests.Simulated;
using EdgeCnn.Flash.Board;
using EdgeCnn.Flash.Update;
using EdgeCnn.Tests;
using Xunit;

namespace EdgeCnn.Device.Tests;

/// <summary>Power goes while a board of each kind changes its flash, in the driver, in its own unit; the board comes up with a whole model
/// each time, and the same request completes what was begun.</summary>
public sealed class PowerCutTests
{
    private const int AllOfLast = 8, Step = 41;

    private static readonly ModelImage s_old = Load("model.ecnn"), s_new = Load("model.int4.ecnn");

    public static TheoryData<string> Boards => RealBoard.Names;

    [Theory]
    [MemberData(nameof(Boards))]
    public void A_whole_model_runs_wherever_an_update_is_cut(string name)
    {
        using var board = new BoardOfChip(name);
        FlashArray flash = board.Real.Chip.Flash;
        Install(board, s_new, 0);
        Install(board, s_old, 1);                              // over nothing, and the update erases the slot first
        var before = flash.Save();
        int operations = Operations(board, () => Update(board));
        int[] cuts = [.. Enumerable.Range(1, operations).Where(cut => cut % Step == 1 || cut > operations - AllOfLast)];
        foreach (int cut in cuts)
        {
            flash.Restore(before);
            board.PowerOn();
            flash.CutAt = flash.Operations + cut;
            PowerCutException off = Assert.Throws<PowerCutException>(() => Update(board));
            if (board.Real.Chip is Stm32H7Chip words) words.Tear(off.Address);

            board.PowerOn();
            Assert.Contains(Active(board), new[] { s_old.ModelId, s_new.ModelId });
            Update(board);
            board.PowerOn();
            Assert.Equal(s_new.ModelId, Active(board));
        }
        Assert.True(cuts.Length > AllOfLast);
        Measured.Note(
            $"{name}, simulated chip: power cut at {cuts.Length} of {operations} operations of an update; a whole model ran each time");
    }

    [Theory]
    [MemberData(nameof(Boards))]
    public void The_newest_choice_counts_wherever_a_change_is_cut(string name)
    {
        using var board = new BoardOfChip(name);
        FlashArray flash = board.Real.Chip.Flash;
        Install(board, s_old, 0);
        Install(board, s_new, 1);
        for (int change = 0, slot = 1; change < 4; change++, slot ^= 1)
        {
            var before = flash.Save();
            int operations = Operations(board, () => Activate(board, slot ^ 1));
            for (int cut = 1; cut <= operations; cut++)
            {
                flash.Restore(before);
                board.PowerOn();
                flash.CutAt = flash.Operations + cut;
                PowerCutException off = Assert.Throws<PowerCutException>(() => Activate(board, slot ^ 1));
                if (board.Real.Chip is Stm32H7Chip words) words.Tear(off.Address);
                board.PowerOn();
                using BoardClient client = board.Connect();
                Assert.True(client.Info.BootResult == BootResult.Newest && client.Info.ActiveSlot is 0 or 1, $"{client.Info.BootResult}");
                if (cut < operations) Assert.Equal(slot, client.Info.ActiveSlot);
                Activate(board, slot ^ 1);
            }
            board.PowerOn();
            using BoardClient last = board.Connect();
            Assert.Equal((slot ^ 1, BootResult.Newest), (last.Info.ActiveSlot, last.Info.BootResult));
        }
    }

    private static void Install(BoardOfChip board, ModelImage model, int slot)
    {
        using BoardClient client = board.Connect();
        new Uploader(client).Upload(model, slot);
        client.Activate(slot);
    }

    private static void Update(BoardOfChip board)
    {
        using BoardClient client = board.Connect();
        if (client.Info.ActiveSlot is int active && client.Slot(active).ModelId == s_new.ModelId) return;
        if (client.Slot(client.Info.SpareSlot).ModelId == s_new.ModelId) client.Erase(client.Info.SpareSlot, 0);
        new Uploader(client).Upload(s_new);
        client.Activate(client.Info.SpareSlot);
    }

    private static void Activate(BoardOfChip board, int slot)
    {
        using BoardClient client = board.Connect();
        client.Activate(slot);
    }

    private static int Operations(BoardOfChip board, Action action)
    {
        int before = board.Real.Chip.Flash.Operations;
        action();
        return board.Real.Chip.Flash.Operations - before;
    }

    /// <summary>The id of the model that runs, which passes its check and its own test.</summary>
    private static string Active(BoardOfChip board)
    {
        using BoardClient client = board.Connect();
        int slot = Assert.NotNull(client.Info.ActiveSlot);
        Assert.True(client.SelfTest() > 0);
        return client.Slot(slot).ModelId;
    }

    private static ModelImage Load(string name) => new(File.ReadAllBytes(Path.Combine(Repository.Root, "models", "digits8x8", name)), name);
}
