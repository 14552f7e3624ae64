using System;
using System.Linq;
using EdgeCnn.Flash.Board;
using EdgeCnn.Flash.Update;
using EdgeCnn.Managed;
using Xunit;

namespace EdgeCnn.Tests.Boards;

public sealed class UpdateTests
{
    [Fact]
    public void A_board_without_a_model_says_so()
    {
        using var board = new SimulatedBoard();
        using BoardClient client = DirectLine.Connect(board);

        Assert.Equal("simulated", client.Info.Name);
        Assert.Null(client.Info.ActiveSlot);
        Assert.Equal(BootResult.Nothing, client.Info.BootResult);
        Assert.Equal(BoardStatus.NoModel, Assert.Throws<BoardException>(() => client.Run()).Status);
    }

    [Fact]
    public void An_uploaded_model_runs_as_on_the_desktop_after_a_reset_too()
    {
        using var board = new SimulatedBoard();
        using BoardClient client = DirectLine.Connect(board);
        new Uploader(client).Upload(SmallModels.Plain);
        Assert.Equal(SmallModels.Plain.ModelId, client.Activate(0));
        client.Reset();
        Assert.Equal((0, BootResult.Newest), (client.ReadInfo().ActiveSlot, client.Info.BootResult));

        using EdgeModel desktop = EdgeModel.Open(SmallModels.Plain.Bytes.Span);
        byte[] input = [.. Enumerable.Range(0, desktop.Inputs[0].ByteCount).Select(i => (byte)(37 * i))];
        input.CopyTo(desktop.Bytes(desktop.Inputs[0]));
        ulong[] hashes = [.. desktop.RunProbed().Select(entry => entry.Hash)];
        client.Input(0, input);
        Assert.Equal(hashes, client.Probe().Select(entry => entry.Hash));
        client.Input(0, input);
        client.Run();
        Assert.Equal(desktop.Bytes(desktop.Outputs[0]).ToArray(), client.Output(0, desktop.Outputs[0].ByteCount));
        Assert.Equal(desktop.Operators.Count, client.SelfTest());
    }

    [Fact]
    public void Two_models_take_turns_as_often_as_one_likes()
    {
        using var board = new SimulatedBoard();
        using BoardClient client = DirectLine.Connect(board);
        client.Install(SmallModels.Plain, 0);
        new Uploader(client).Upload(SmallModels.Int4, 1);

        for (int i = 1; i < 40; i++)
        {
            Assert.Equal((i % 2 == 0 ? SmallModels.Plain : SmallModels.Int4).ModelId, client.Activate(i % 2));
            board.PowerOn();
            Assert.Equal((i % 2, BootResult.Newest), (client.ReadInfo().ActiveSlot, client.Info.BootResult));
        }
    }

    [Fact]
    public void The_slot_that_runs_is_not_changed()
    {
        using var board = new SimulatedBoard();
        using BoardClient client = DirectLine.Connect(board);
        client.Install(SmallModels.Plain, 0);

        Assert.Equal(BoardStatus.SlotInUse, Assert.Throws<BoardException>(() => client.Erase(0, 0)).Status);
        Assert.Equal(BoardStatus.SlotInUse, Assert.Throws<BoardException>(() => client.Page(0, 0, new byte[64])).Status);
    }

    [Fact]
    public void A_damaged_model_is_neither_activated_nor_started()
    {
        using var board = new SimulatedBoard();
        using BoardClient client = DirectLine.Connect(board);
        client.Install(SmallModels.Plain, 0);
        client.Install(SmallModels.Int4, 1);
        board.FlashMemory.Span(1)[1000] ^= 1;

        BoardException refused = Assert.Throws<BoardException>(() => client.Activate(1));
        Assert.Equal((BoardStatus.ModelRefused, (uint)ModelError.SectionCorrupt), (refused.Status, refused.First));
        board.PowerOn();
        Assert.Equal((0, BootResult.FellBack), (client.ReadInfo().ActiveSlot, client.Info.BootResult));
    }

    [Fact]
    public void A_slot_that_the_journal_names_is_not_started_before_it_is_activated_again()
    {
        using var board = new SimulatedBoard();
        using BoardClient client = DirectLine.Connect(board);
        client.Install(SmallModels.Plain, 0);
        client.Install(SmallModels.Int4, 1);
        board.FlashMemory.Span(1)[1000] ^= 1;
        board.PowerOn();
        client.ReadInfo();

        new Uploader(client).Upload(SmallModels.Int4, 1);
        board.PowerOn();

        Assert.Equal((0, BootResult.Newest), (client.ReadInfo().ActiveSlot, client.Info.BootResult));
    }

    [Fact]
    public void Pages_are_written_once()
    {
        using var board = new SimulatedBoard();
        using BoardClient client = DirectLine.Connect(board);
        byte[] page = [.. Enumerable.Range(0, SimulatedFlash.PageBytes).Select(i => (byte)i)];
        client.Page(1, 64, page);
        client.Page(1, 64, page);
        Assert.Equal(1, board.FlashMemory.Operations);

        page[5] = 0;
        BoardException refused = Assert.Throws<BoardException>(() => client.Page(1, 64, page));
        Assert.Equal((BoardStatus.NotBlank, 69u), (refused.Status, refused.First));
        Assert.Equal(128, client.Slot(1).Written);
        Assert.Equal(BoardStatus.WrongArgument, Assert.Throws<BoardException>(() => client.Page(1, 65, page)).Status);
        Assert.Equal(BoardStatus.WrongArgument, Assert.Throws<BoardException>(() => client.Page(1, SimulatedFlash.SlotBytes, page)).Status);
        Assert.Equal(BoardStatus.WrongArgument, Assert.Throws<BoardException>(() => client.Erase(2, 0)).Status);
    }
}
