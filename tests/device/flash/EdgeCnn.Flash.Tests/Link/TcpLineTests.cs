using System;
using EdgeCnn.Flash.Board;
using EdgeCnn.Flash.Link;
using EdgeCnn.Flash.Update;
using EdgeCnn.Tests.Boards;
using Xunit;

namespace EdgeCnn.Flash.Tests.Link;

public class TcpLineTests
{
    [Fact]
    public void An_upload_over_connections_that_end_goes_on_until_the_slot_is_the_file()
    {
        using var board = new SimulatedBoard();
        using var server = new BoardServer(board);
        var random = new Random(1);
        server.CutAfter = () => random.Next(1, 3000);
        int cuts = 0;
        while (true)
        {
            try
            {
                using var client = new BoardClient(Transport.Open(server.Port));
                new Uploader(client).Upload(SmallModels.Plain);
                server.CutAfter = () => int.MaxValue;
                break;
            }
            catch (LineException)
            {
                cuts++;
            }
        }
        Assert.InRange(cuts, 1, 200);
        Assert.True(board.FlashMemory.Span(0)[..SmallModels.Plain.Bytes.Length].SequenceEqual(SmallModels.Plain.Bytes.Span));
    }

    [Theory]
    [InlineData("tcp:", "write tcp:HOST:PORT")]
    [InlineData("tcp:localhost", "write tcp:HOST:PORT")]
    [InlineData("tcp:localhost:70000", "write tcp:HOST:PORT")]
    [InlineData("tcp:127.0.0.1:1", "nobody answers there")]
    public void A_line_that_does_not_open_says_why(string port, string reason)
    {
        LineException refused = Assert.Throws<LineException>(() => Transport.Open(port));
        Assert.StartsWith($"{port}: ", refused.Message);
        Assert.Contains(reason, refused.Message);
    }
}
