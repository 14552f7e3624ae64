using System;
using EdgeCnn.Flash.Board;
using EdgeCnn.Flash.Update;
using Xunit;

namespace EdgeCnn.Tests.Boards;

/// <summary>Power goes at every single erase and program of what a host asks; the board comes up with a whole model each time, says which,
/// and the same request completes what was begun.</summary>
public sealed class PowerCutTests
{
    [Fact]
    public void At_every_flash_operation_of_an_update()
    {
        int cuts = AtEveryOperation(
            board => Run(board, 0, SmallModels.Plain),
            client =>
            {
                new Uploader(client).Upload(SmallModels.Int4, 1);
                client.Activate(1);
            },
            board => Assert.Contains(Active(board), new[] { SmallModels.Plain.ModelId, SmallModels.Int4.ModelId }),
            board => Assert.Equal(SmallModels.Int4.ModelId, Active(board)));

        Measured.Note($"simulated flash: power cut at each of {cuts} operations of an update; a whole model ran each time");
    }

    [Fact]
    public void At_every_flash_operation_of_an_update_over_an_older_model() => AtEveryOperation(
        board =>
        {
            Run(board, 1, SmallModels.Plain);
            Run(board, 0, SmallModels.Int4);
        },
        client => new Uploader(client).Upload(SmallModels.Learning, 1),
        board => Assert.Equal(SmallModels.Int4.ModelId, Active(board)),
        board => Assert.Equal(SmallModels.Int4.ModelId, Active(board)));

    [Fact]
    public void At_every_flash_operation_of_many_changes_between_two_models()
    {
        int records = SimulatedFlash.JournalBytes / SimulatedFlash.PageBytes, slot = 0;
        int cuts = AtEveryOperation(
            board =>
            {
                Run(board, 1, SmallModels.Plain);
                Run(board, 0, SmallModels.Int4);
            },
            client =>
            {
                // Both blocks of the journal are filled and erased.
                for (int i = 0; i < 3 * records; i++) client.Activate(slot = 1 - client.ReadInfo().ActiveSlot!.Value);
            },
            board => Assert.NotEqual("", Active(board)),
            _ => { });

        Assert.True(cuts > 3 * records);
    }

    [Fact]
    public void At_every_flash_operation_of_saving_what_was_learned()
    {
        byte[] older = [], newer = [];
        int cuts = AtEveryOperation(
            board =>
            {
                Run(board, 0, SmallModels.Learning);
                using BoardClient client = DirectLine.Connect(board);
                Learn(client, 20);
                older = client.ReadDelta();
                client.SaveDelta(older);
                board.PowerOn();
            },
            client =>
            {
                Learn(client, 20);
                newer = client.ReadDelta();
                client.SaveDelta(newer);
            },
            board =>
            {
                using BoardClient client = DirectLine.Connect(board);
                byte[] delta = client.ReadDelta();
                Assert.True(delta.AsSpan().SequenceEqual(older) || delta.AsSpan().SequenceEqual(newer));
                Assert.True(client.Info.Flags.HasFlag(BoardTraits.DeltaApplied));
            },
            board =>
            {
                using BoardClient client = DirectLine.Connect(board);
                Assert.Equal(newer, client.ReadDelta());
            });
        Measured.Note($"simulated flash: power cut at each of {cuts} operations of saving a delta; the older or the newer one was there each time");
    }

    [Fact]
    public void At_every_flash_operation_of_dropping_what_was_saved() => AtEveryOperation(
        board =>
        {
            Run(board, 0, SmallModels.Learning);
            using BoardClient client = DirectLine.Connect(board);
            Learn(client, 20);
            client.SaveLearned();
            Learn(client, 20);
            client.SaveLearned();
            board.PowerOn();
        },
        client => client.DropDelta(),
        board => Assert.Equal(SmallModels.Learning.ModelId, Active(board)),
        board =>
        {
            board.PowerOn();
            using BoardClient client = DirectLine.Connect(board);
            Assert.False(client.Info.Flags.HasFlag(BoardTraits.DeltaApplied));
        });

    /// <summary>Prepares a board, lets power go at operation 1 of the request, then at operation 2 …, until it is done without a cut.</summary>
    /// <returns>How many operations it took.</returns>
    private static int AtEveryOperation(
        Action<SimulatedBoard> prepare, Action<BoardClient> request, Action<SimulatedBoard> afterCut, Action<SimulatedBoard> inTheEnd)
    {
        for (int cut = 1; ; cut++)
        {
            using var board = new SimulatedBoard(cut);
            prepare(board);
            int before = board.FlashMemory.Operations;
            board.FlashMemory.CutAt = before + cut;
            bool isCut = IsCut(board, request);
            if (!isCut)
            {
                inTheEnd(board);
                return cut - 1;
            }
            board.PowerOn();
            afterCut(board);
            Assert.False(IsCut(board, request));
            inTheEnd(board);
        }
    }

    private static bool IsCut(SimulatedBoard board, Action<BoardClient> request)
    {
        try
        {
            using BoardClient client = DirectLine.Connect(board);
            request(client);
            return false;
        }
        catch (PowerCutException)
        {
            return true;
        }
    }

    private static void Run(SimulatedBoard board, int slot, ModelImage model)
    {
        using BoardClient client = DirectLine.Connect(board);
        new Uploader(client).Upload(model, slot);
        client.Activate(slot);
    }

    private static void Learn(BoardClient client, int steps)
    {
        for (int i = 0; i < steps; i++)
        {
            byte[] input = new byte[64];
            new Random(i).NextBytes(input);
            client.Input(0, input);
            client.Learn(i % 10);
        }
    }

    /// <summary>The id of the model that runs, which passes its check and its own test.</summary>
    private static string Active(SimulatedBoard board)
    {
        using BoardClient client = DirectLine.Connect(board);
        int slot = Assert.NotNull(client.Info.ActiveSlot);
        client.Verify(slot);
        Assert.True(client.SelfTest() > 0);
        return client.Slot(slot).ModelId;
    }
}
