using System;
using System.Linq;
using EdgeCnn.Flash.Link;
using Xunit;

namespace EdgeCnn.Flash.Tests.Link;

public class FrameTests
{
    private static readonly Frame s_frame = new(0x85, 7, 0xBEEF, Enumerable.Range(0, 300).Select(i => (byte)i).ToArray());

    [Fact]
    public void A_frame_comes_back()
    {
        byte[] line = s_frame.Encode();
        Assert.Equal((0, 0), (line[0], line[^1]));
        Frame? decoded = Frame.Decode(line.AsSpan()[1..^1]);
        Assert.NotNull(decoded);
        Assert.Equal((s_frame.Command, s_frame.Status, s_frame.Number), (decoded.Command, decoded.Status, decoded.Number));
        Assert.Equal(s_frame.Payload.ToArray(), decoded.Payload.ToArray());
    }

    [Fact]
    public void A_frame_with_any_bit_flipped_or_any_byte_missing_is_dropped()
    {
        byte[] code = [.. s_frame.Encode().AsSpan()[1..^1]];
        for (int i = 0; i < code.Length; i++)
        {
            for (int bit = 0; bit < 8; bit++)
            {
                byte[] flipped = [.. code];
                flipped[i] ^= (byte)(1 << bit);
                Assert.Null(Frame.Decode(flipped));
            }
            Assert.Null(Frame.Decode([.. code[..i], .. code[(i + 1)..]]));
        }
    }

    [Fact]
    public void The_smallest_request_has_the_bytes_of_the_page()
    {
        // Info with number 0x1234: 01 00 34 12, and CRC-32 of these.
        byte[] line = new Frame(1, 0, 0x1234, default).Encode();
        Assert.Equal([0x00, 0x02, 0x01, 0x07, 0x34, 0x12], line[..6]);
        Assert.Equal(11, line.Length);
    }
}
