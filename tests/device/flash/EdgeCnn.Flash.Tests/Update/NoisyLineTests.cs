using System;
using EdgeCnn.Flash.Board;
using EdgeCnn.Flash.Link;
using EdgeCnn.Flash.Tests.Support;
using EdgeCnn.Flash.Update;
using EdgeCnn.Tests;
using EdgeCnn.Tests.Boards;
using Xunit;

namespace EdgeCnn.Flash.Tests.Update;

public class NoisyLineTests
{
    private const int Cases = 200;

    private static readonly BoardTiming s_timing = ScriptedBoard.Quick with { Attempts = 100, WorkAttempts = 100 };

    [Fact]
    public void An_upload_over_a_line_that_is_noisy_and_cut_at_random_goes_on_until_the_slot_is_the_file()
    {
        int cuts = 0, repeats = 0;
        for (int i = 0; i < Cases; i++)
        {
            var random = new Random(i);
            using var board = new SimulatedBoard(i);
            Install(board, SmallModels.Plain, 0);
            double errors = random.NextDouble() / 1000;
            // Less than the file the first time, so that no upload gets through at once.
            for (int most = SmallModels.Int4.Bytes.Length; ; most = 4 * SmallModels.Int4.Bytes.Length)
            {
                try
                {
                    using var client = new BoardClient(new NoisyLine(board, random, errors, cutAfter: random.Next(1, most)), s_timing);
                    new Uploader(client).Upload(SmallModels.Int4);
                    Assert.Equal(SmallModels.Int4.ModelId, client.Activate(1));
                    repeats += client.Repeats;
                    break;
                }
                catch (LineException)
                {
                    cuts++;
                }
            }
            ReadOnlySpan<byte> file = SmallModels.Int4.Bytes.Span;
            Assert.True(board.FlashMemory.Span(1)[..file.Length].SequenceEqual(file), $"case {i}");
        }
        Assert.InRange(cuts, Cases, int.MaxValue);
        Assert.InRange(repeats, 1, int.MaxValue);
        Measured.Note($"{Cases} uploads over noisy lines: {cuts} cuts, {repeats} requests repeated in those that came through; every slot equal to the file");
    }

    [Fact]
    public void Learning_over_a_noisy_line_takes_every_step_once()
    {
        byte[] clean = Learn(errors: 0, out _), noisy = Learn(errors: 0.001, out int repeats);
        Assert.Equal(clean, noisy);
        Assert.InRange(repeats, 1, int.MaxValue);
    }

    private static byte[] Learn(double errors, out int repeats)
    {
        using var board = new SimulatedBoard();
        Install(board, SmallModels.Learning, 0);
        using var client = new BoardClient(new NoisyLine(board, new Random(3), errors), s_timing);
        for (int i = 0; i < 100; i++)
        {
            byte[] input = new byte[64];
            new Random(i).NextBytes(input);
            client.Input(0, input);
            Assert.Equal((uint)i + 1, client.Learn(i % 10).Step);
        }
        repeats = client.Repeats;
        return client.ReadDelta();
    }

    private static void Install(SimulatedBoard board, ModelImage model, int slot)
    {
        using BoardClient client = DirectLine.Connect(board);
        new Uploader(client).Upload(model, slot);
        client.Activate(slot);
    }
}
