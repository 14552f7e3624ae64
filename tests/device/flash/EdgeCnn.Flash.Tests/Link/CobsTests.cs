using System;
using System.Linq;
using EdgeCnn.Flash.Link;
using Xunit;

namespace EdgeCnn.Flash.Tests.Link;

public class CobsTests
{
    [Theory]
    [InlineData("", "01")]
    [InlineData("00", "0101")]
    [InlineData("0000", "010101")]
    [InlineData("11220033", "0311220233")]
    [InlineData("11223344", "0511223344")]
    [InlineData("11000000", "0211010101")]
    public void Bytes_have_the_published_code(string bytes, string code) => Assert.Equal(code, Convert.ToHexString(Encoded(Convert.FromHexString(bytes))));

    [Fact]
    public void Long_runs_without_a_zero_take_one_byte_more_for_each_254()
    {
        byte[] run = [.. Enumerable.Range(1, 254).Select(i => (byte)i)];
        Assert.Equal([0xFF, .. run], Encoded(run));
        Assert.Equal([0xFF, .. run, 0x02, 0xFF], Encoded([.. run, 0xFF]));
        Assert.Equal([0xFF, .. run, 0x01, 0x01], Encoded([.. run, 0]));
    }

    [Fact]
    public void Everything_comes_back_and_no_code_has_a_zero()
    {
        var random = new Random(1);
        for (int length = 0; length < 1100; length++)
        {
            byte[] bytes = new byte[length];
            random.NextBytes(bytes);
            if (length % 3 == 0)
                foreach (ref byte b in bytes.AsSpan()) b |= 1;
            byte[] code = Encoded(bytes);
            Assert.DoesNotContain((byte)0, code);
            Assert.Equal(length, Cobs.Decode(code));
            Assert.Equal(bytes, code[..length]);
        }
    }

    [Theory]
    [InlineData("05112233")]
    [InlineData("03112204")]
    public void A_code_that_ends_too_early_is_refused(string code) => Assert.Equal(-1, Cobs.Decode(Convert.FromHexString(code)));

    private static byte[] Encoded(byte[] bytes)
    {
        byte[] code = new byte[Cobs.MaxEncoded(bytes.Length)];
        return code[..Cobs.Encode(bytes, code)];
    }
}
