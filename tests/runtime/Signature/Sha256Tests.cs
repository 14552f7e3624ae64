using System;
using System.Buffers.Binary;
using System.Linq;
using System.Security.Cryptography;
using Xunit;

namespace EdgeCnn.Tests.Signature;

public sealed unsafe class Sha256Tests
{
    [Fact]
    public void Every_length_around_a_block_hashes_as_the_platform_does()
    {
        byte[] bytes = new byte[300];
        new Random(1).NextBytes(bytes);
        for (int length = 0; length <= bytes.Length; length++)
            Assert.Equal(SHA256.HashData(bytes.AsSpan(0, length)), Hash(bytes[..length], length));
    }

    [Fact]
    public void Bytes_may_come_in_pieces_of_any_size()
    {
        byte[] bytes = new byte[1000];
        new Random(2).NextBytes(bytes);
        foreach (int piece in (int[])[1, 7, 63, 64, 65, 128, 999])
            Assert.Equal(SHA256.HashData(bytes), Hash(bytes, piece));
    }

    [Fact]
    public void A_million_bytes_hash_as_published()
    {
        byte[] million = [.. Enumerable.Repeat((byte)'a', 1_000_000)];
        Assert.Equal("cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0", Convert.ToHexStringLower(Hash(million, million.Length)));
    }

    [Theory]
    [InlineData(0x1FFFFFFF)]
    [InlineData(0x20000000)]
    [InlineData(0x7FFFFFF0)]
    public void Lengths_whose_bits_take_more_than_a_word_are_written_whole(int length)
    {
        // Only the end of a hash knows the length: the count is set by hand, and the last block made by hand.
        byte[] state = new byte[Sha256.Bytes], block = new byte[Sha256.Bytes];
        fixed (byte* counted = state, plain = block)
        {
            Sha256.Start(counted);
            Memory.SetInt32(counted, Sha256.CountAt, length & ~63);
            Sha256.Finish(counted);
            Sha256.Start(plain);
            byte[] padding = new byte[64];
            padding[0] = 0x80;
            BinaryPrimitives.WriteInt64BigEndian(padding.AsSpan(56), 8L * (length & ~63));
            fixed (byte* last = padding) Sha256.Add(plain, last, 0, 64);
            for (int word = 0; word < 8; word++) Assert.Equal(Memory.Int32(plain, 4 * word), Sha256.BigEndian(counted, 4 * word));
        }
    }

    private static byte[] Hash(byte[] bytes, int piece)
    {
        byte[] work = new byte[Sha256.Bytes];
        fixed (byte* state = work, from = bytes)
        {
            Sha256.Start(state);
            for (int at = 0; at < bytes.Length; at += piece) Sha256.Add(state, from, at, Math.Min(piece, bytes.Length - at));
            Sha256.Finish(state);
        }
        return work[..Sha256.HashBytes];
    }
}
