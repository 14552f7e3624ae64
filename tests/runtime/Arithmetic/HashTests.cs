using System.Linq;
using System.Text;
using Xunit;

namespace EdgeCnn.Tests.Arithmetic;

public sealed unsafe class HashTests
{
    [Theory]
    [InlineData("", 0x00000000u)]
    [InlineData("123456789", 0xCBF43926u)]
    [InlineData("The quick brown fox jumps over the lazy dog", 0x414FA339u)]
    public void Crc32_gives_the_published_values(string text, uint expected)
    {
        byte[] bytes = [.. Encoding.ASCII.GetBytes(text), 0];
        fixed (byte* p = bytes) Assert.Equal(expected, Crc32.Of(p, 0, text.Length));
    }

    [Theory]
    [InlineData("", 0xCBF29CE484222325ul)]
    [InlineData("a", 0xAF63DC4C8601EC8Cul)]
    [InlineData("foobar", 0x85944171F73967E8ul)]
    public void Fnv1a_gives_the_published_values(string text, ulong expected)
    {
        byte[] bytes = [.. Encoding.ASCII.GetBytes(text), 0];
        fixed (byte* p = bytes) Assert.Equal(expected, Fnv1a.Add(Fnv1a.Start, p, 0, text.Length));
    }

    [Fact]
    public void The_generator_has_no_state_and_fills_all_byte_values_evenly()
    {
        byte[] bytes = new byte[1 << 16];
        fixed (byte* p = bytes) Generator.Fill(p, 0, bytes.Length, 99);
        int[] counts = new int[256];
        foreach (byte b in bytes) counts[b]++;

        Assert.Equal((byte)(Generator.Bits(99, 12345) >> 24), bytes[12345]);
        // 65,536 draws over 256 values: 256 each, standard deviation 16.
        Assert.InRange(counts.Min(), 256 - 5 * 16, 256);
        Assert.InRange(counts.Max(), 256, 256 + 5 * 16);
        Assert.NotEqual(Generator.Bits(1, 2), Generator.Bits(2, 1));
    }
}
