using System;
using System.Linq;
using EdgeCnn.Flash.Board;
using EdgeCnn.Flash.Link;
using EdgeCnn.Flash.Tests.Support;
using Xunit;

namespace EdgeCnn.Flash.Tests.Board;

public class BoardClientTests
{
    [Fact]
    public void Info_is_read_as_the_page_says()
    {
        using BoardClient board = ScriptedBoard.After(_ => []).Connect();
        BoardInfo info = board.Info;
        Assert.Equal(("scripted", 280, 65_536, 4096, 256, 131_072), (info.Name, info.MaxPayload, info.SlotBytes, info.EraseBytes, info.PageBytes, info.FreeBytes));
        Assert.Null(info.ActiveSlot);
        Assert.Equal(128, info.Operators.Count);
    }

    [Fact]
    public void Requests_of_a_session_have_ascending_numbers_after_that_of_Info()
    {
        ScriptedBoard script = ScriptedBoard.After(request => [ScriptedBoard.Answer(request, BoardStatus.Done, 1, 0, 0, 0)]);
        using BoardClient board = script.Connect();
        board.Run();
        board.Forget();
        Assert.Equal(
            [script.Requests[0].Number, (ushort)(script.Requests[0].Number + 1), (ushort)(script.Requests[0].Number + 2)],
            script.Requests.Select(request => request.Number));
    }

    [Fact]
    public void A_request_without_an_answer_is_sent_again_as_it_was()
    {
        int seen = 0;
        ScriptedBoard script = ScriptedBoard.After(request => ++seen < 4 ? [] : [ScriptedBoard.Answer(request, BoardStatus.Done, 9, 0, 0, 0)]);
        using BoardClient board = script.Connect();
        Assert.Equal(9u, board.Run());
        Assert.Equal(3, board.Repeats);
        Assert.Single(script.Requests.Skip(1).Select(request => request.Number).Distinct());
    }

    [Fact]
    public void Noise_and_answers_to_other_requests_are_passed_over()
    {
        ScriptedBoard script = ScriptedBoard.After(request =>
        [
            [1, 2, 3, 0, 0, 0xFF],
            ScriptedBoard.Answer(request with { Number = (ushort)(request.Number - 1) }, BoardStatus.Done, 7, 0, 0, 0),
            ScriptedBoard.Answer(request with { Command = (byte)BoardCommand.Forget }, BoardStatus.NoModel),
            ScriptedBoard.Answer(request, BoardStatus.Done, 8, 0, 0, 0),
        ]);
        using BoardClient board = script.Connect();
        Assert.Equal(8u, board.Run());
        Assert.Equal(8u, board.Run());
    }

    [Fact]
    public void A_silent_board_is_named_with_what_to_check()
    {
        BoardSilentException silent = Assert.Throws<BoardSilentException>(() => new ScriptedBoard(_ => []).Connect());
        Assert.Equal("scripted: no answer to Info, sent 4 times; check the port, the cable, and that the board runs the firmware", silent.Message);
    }

    [Theory]
    [InlineData(2, "version 2 of the protocol")]
    [InlineData(1, "in 1 bytes instead of 80")]
    public void A_board_of_another_protocol_is_refused(byte major, string reason)
    {
        var script = new ScriptedBoard(request => [ScriptedBoard.Answer(request, BoardStatus.Done, major)]);
        Assert.Contains(reason, Assert.Throws<BoardSilentException>(script.Connect).Message);
    }

    [Fact]
    public void A_longer_answer_of_a_newer_minor_version_is_read()
    {
        byte[] newer = [.. ScriptedBoard.Info, 1, 2, 3];
        newer[1] = 9;
        using BoardClient board = new ScriptedBoard(request => [ScriptedBoard.Answer(request, BoardStatus.Done, newer)]).Connect();
        Assert.Equal(9, board.Info.Minor);
    }

    [Fact]
    public void Every_status_says_what_to_do()
    {
        foreach (BoardStatus status in Enum.GetValues<BoardStatus>().Where(status => status != BoardStatus.Done))
        {
            using BoardClient board = ScriptedBoard.After(request => [ScriptedBoard.Answer(request, status, 2, 0, 0, 0, 1, 0, 0, 0)]).Connect();
            BoardException refused = Assert.Throws<BoardException>(() => board.Run());
            Assert.Equal((status, 2u, 1u, BoardCommand.Run), (refused.Status, refused.First, refused.Second, refused.Command));
            Assert.StartsWith("scripted: Run: ", refused.Message);
            Assert.DoesNotContain("status", refused.Message);
        }
    }

    [Fact]
    public void Details_are_in_the_words_of_the_model_and_of_the_delta()
    {
        using BoardClient board = ScriptedBoard.After(request => request.Command == (byte)BoardCommand.Verify
            ? [ScriptedBoard.Answer(request, BoardStatus.ModelRefused, (byte)ModelError.SectionCorrupt, 0, 0, 0, 0x34, 0x12, 0, 0)]
            : [ScriptedBoard.Answer(request, BoardStatus.DeltaRefused, (byte)DeltaError.OtherModel, 0, 0, 0, 0x10, 0, 0, 0)]).Connect();
        Assert.Equal(
            "scripted: Verify: a section is damaged (CRC differs); copy the file again (byte 0x1234)",
            Assert.Throws<BoardException>(() => board.Verify(1)).Message);
        Assert.Contains("learned by another model", Assert.Throws<BoardException>(() => board.Forget()).Message);
    }

    [Fact]
    public void A_board_that_started_again_is_asked_again_about_its_flash()
    {
        int seen = 0;
        ScriptedBoard script = ScriptedBoard.After(request =>
            [++seen == 1 ? ScriptedBoard.Answer(request, BoardStatus.OutOfOrder, 0, 0, 0, 0) : ScriptedBoard.Answer(request, BoardStatus.Done, 5, 0, 0, 0)]);
        using BoardClient board = script.Connect();
        Assert.Equal(5u, board.Crc(1, 0, 256));
        Assert.Equal(
            [BoardCommand.Info, BoardCommand.Crc, BoardCommand.Info, BoardCommand.Crc],
            script.Requests.Select(request => (BoardCommand)request.Command));
    }

    [Fact]
    public void A_board_that_started_again_is_not_asked_to_learn_what_it_forgot()
    {
        using BoardClient board = ScriptedBoard.After(request => [ScriptedBoard.Answer(request, BoardStatus.OutOfOrder, 0, 0, 0, 0)]).Connect();
        Assert.Contains("started again in between", Assert.Throws<BoardException>(() => board.Learn(3)).Message);
    }

    [Fact]
    public void A_session_begins_with_another_number_when_the_drawn_one_is_taken()
    {
        int seen = 0;
        var script = new ScriptedBoard(request =>
            [++seen == 1 ? ScriptedBoard.Answer(request, BoardStatus.OutOfOrder, 0, 0, 0, 0) : ScriptedBoard.Answer(request, BoardStatus.Done, ScriptedBoard.Info)]);
        using BoardClient board = script.Connect();
        Assert.Equal(2, script.Requests.Count);
    }

    [Fact]
    public void Long_tensors_go_and_come_in_pieces()
    {
        byte[] arena = new byte[1000];
        ScriptedBoard script = ScriptedBoard.After(request =>
        {
            ReadOnlySpan<byte> payload = request.Payload.Span;
            Assert.InRange(payload.Length, 0, 280);
            int at = BitConverter.ToInt32(payload[4..]);
            if (request.Command == (byte)BoardCommand.Input)
            {
                payload[8..].CopyTo(arena.AsSpan(at));
                return [ScriptedBoard.Answer(request)];
            }
            return [ScriptedBoard.Answer(request, BoardStatus.Done, [.. arena.AsSpan(at, BitConverter.ToInt32(payload[8..]))])];
        });
        using BoardClient board = script.Connect();
        byte[] tensor = [.. Enumerable.Range(0, 1000).Select(i => (byte)(i / 3))];
        board.Input(0, tensor);
        Assert.Equal(tensor, board.Output(0, 1000));
    }
}
