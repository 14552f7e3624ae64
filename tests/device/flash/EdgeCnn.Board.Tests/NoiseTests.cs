using System;
using System.Collections.Generic;
using EdgeCnn.Board;
using EdgeCnn.Flash.Board;
using EdgeCnn.Flash.Update;
using Xunit;
using LineFrame = EdgeCnn.Flash.Link.Frame;

namespace EdgeCnn.Tests.Boards;

public sealed class NoiseTests
{
    private const int Requests = 1500, RequestsOfASession = 300, LongestFrame = BoardState.MaxFrame;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Whatever_the_line_carries_every_request_is_done_once(int seed)
    {
        using SimulatedBoard board = LearningBoard();
        var requests = new NoisyRequests(seed);
        var expected = new ExpectedBoard();
        List<byte> unfinished = [], answers = [];
        int dropped = 0, taken = 0;
        for (int i = 0; i < Requests; i++)
            foreach (byte value in requests.Next(begins: i % RequestsOfASession == 0))
            {
                board.Receive([value]);
                if (value != 0)
                {
                    unfinished.Add(value);
                    continue;
                }
                LineFrame? request = Decode(unfinished);
                if (request is null && unfinished.Count > 0) dropped++;
                unfinished.Clear();
                answers.Clear();
                while (board.Sent.TryDequeue(out byte sent)) answers.Add(sent);
                if (request is null)
                {
                    Assert.Empty(answers);
                    continue;
                }
                taken++;
                LineFrame answer = Assert.IsType<LineFrame>(Decode(answers[..^1]));
                Assert.Null(expected.Fault(request, answer));
            }

        Assert.True(board.FlashMemory.Span(1).SequenceEqual(expected.Slot));
        Assert.True(expected.Learned > 100);
        using BoardClient client = DirectLine.Connect(board);
        Assert.Equal((uint)dropped, client.Info.Dropped);
        Measured.Note($"simulated board, seed {seed}: {taken} requests on a noisy line done once each, {dropped} damaged frames dropped");
    }

    [Fact]
    public void Before_the_first_session_nothing_is_done()
    {
        using SimulatedBoard board = LearningBoard();
        board.PowerOn();

        board.Receive(new LineFrame(Command.Erase, 0, 0, new byte[] { 1, 0, 0, 0, 0, 0, 0, 0 }).Encode());

        Assert.Equal(Status.OutOfOrder, Decode(new List<byte>(board.Sent)[..^1])!.Status);
    }

    [Fact]
    public void An_answer_that_comes_back_is_not_answered()
    {
        using SimulatedBoard board = LearningBoard();

        board.Receive(new LineFrame(Command.Info | FrameRecord.AnswerBit, 0, 1, default).Encode());
        board.Receive(new LineFrame(Command.Info, Status.NoModel, 1, default).Encode());

        Assert.Empty(board.Sent);
    }

    [Fact]
    public void The_largest_frame_is_taken_and_a_longer_one_is_not()
    {
        using SimulatedBoard board = LearningBoard();
        board.Receive(new LineFrame(Command.Info, 0, 1, default).Encode());
        board.Sent.Clear();

        board.Receive(new LineFrame(0x7F, 0, 2, new byte[BoardState.MaxPayload + 1]).Encode());
        Assert.Empty(board.Sent);
        board.Receive(new LineFrame(0x7F, 0, 2, new byte[BoardState.MaxPayload]).Encode());
        Assert.Equal(Status.UnknownCommand, Decode(new List<byte>(board.Sent)[..^1])!.Status);
    }

    private static SimulatedBoard LearningBoard()
    {
        var board = new SimulatedBoard();
        using BoardClient client = DirectLine.Connect(board);
        client.Install(SmallModels.Learning, 0);
        board.PowerOn();
        return board;
    }

    /// <summary>A request or an answer, as the host's side decodes it; null: the board must drop it.</summary>
    private static LineFrame? Decode(List<byte> code)
    {
        LineFrame? frame = LineFrame.Decode(code.ToArray());
        bool isDropped = frame is null || frame.Payload.Length > LongestFrame - LineFrame.Overhead
            || (frame.Command < LineFrame.AnswerBit && frame.Status != 0);
        return isDropped ? null : frame;
    }
}
