using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using EdgeCnn.Flash.Images;
using EdgeCnn.Flash.Tests.Support;
using EdgeCnn.Tests;
using Xunit;

namespace EdgeCnn.Flash.Tests.Images;

public class Uf2Tests
{
    [Theory]
    [InlineData("rp2350", 0xE48BFF59u)]
    [InlineData("rp2040", 0xE48BFF56u)]
    [InlineData("stm32f4", 0x57755A57u)]
    [InlineData("stm32f7", 0x53B80F00u)]
    [InlineData("stm32h7", 0x6DB66082u)]
    [InlineData("NRF52840", 0xADA52840u)]
    [InlineData("0xdeadbeef", 0xDEADBEEFu)]
    public void Families_have_the_published_numbers(string name, uint id) => Assert.Equal(id, Uf2Family.Find(name)?.Id);

    [Fact]
    public void Unknown_families_are_none()
    {
        Assert.Null(Uf2Family.Find("z80"));
        Assert.Null(Uf2Family.Find("0xyz"));
        Assert.Equal(Uf2Family.All.Count, Uf2Family.All.Select(family => family.Id).Distinct().Count());
    }

    [Theory]
    [InlineData(63_511)]
    [InlineData(256)]
    [InlineData(1)]
    public void A_reader_after_the_specification_finds_every_byte_at_its_address(int count)
    {
        const uint Address = 0x10100000;
        byte[] bytes = new byte[count];
        new Random(count).NextBytes(bytes);
        using var file = new MemoryStream();
        Uf2.Write(file, bytes, Address, Uf2Family.Find("rp2350")!);

        SortedDictionary<uint, byte> memory = Read(file.ToArray(), 0xE48BFF59);
        Assert.Equal((Address, (count + 255) / 256 * 256), (memory.Keys.First(), memory.Count));
        Assert.Equal(bytes, memory.Values.Take(count));
        Assert.All(memory.Values.Skip(count), b => Assert.Equal(0xFF, b));
    }

    [Theory]
    [InlineData("rp2040", 63_511, "Raspberry Pi RP2040")]
    [InlineData("stm32f4", 256, "ST STM32F4xx")]
    [InlineData("nrf52840", 1, "Nordic NRF52840")]
    [InlineData("rp2350", 2_858, "")]                          // newer than that package
    public void The_npm_package_uf2_reads_what_was_written(string family, int count, string processor)
    {
        const uint Address = 0x10100000;
        string reader = Path.Combine(Repository.Root, "tests", "device", "flash", "EdgeCnn.Flash.Tests", "uf2-reader");
        Assert.SkipUnless(
            Directory.Exists(Path.Combine(reader, "node_modules")), "needs the npm package uf2: npm ci in EdgeCnn.Flash.Tests/uf2-reader");
        using var folder = new Folder();
        byte[] bytes = new byte[count];
        new Random(count).NextBytes(bytes);
        ImageFile.Write(folder.At("model.uf2"), to => Uf2.Write(to, bytes, Address, Uf2Family.Find(family)!));

        string said = ForeignTool.Run(
            "nodejs", "node", Path.Combine(reader, "read-uf2.js"), folder.At("model.uf2"), folder.At("model.bin"));

        int blocks = (count + Uf2.ContentBytes - 1) / Uf2.ContentBytes;
        Assert.Equal($"0x{Address:x} {blocks} 0x{Uf2Family.Find(family)!.Id:x} {processor}".Trim(), said.Trim());
        byte[] read = File.ReadAllBytes(folder.At("model.bin"));
        Assert.Equal(bytes, read[..count]);
        Assert.Equal(blocks * Uf2.ContentBytes, read.Length);
        Measured.Note($"UF2, {family}: {count:N0} bytes in {blocks} blocks read back equal by the npm package uf2");
    }

    [Fact]
    public void An_address_within_a_page_is_refused()
    {
        ArgumentOutOfRangeException refused = Assert.Throws<ArgumentOutOfRangeException>(
            () => Uf2.Write(new MemoryStream(), [1], 0x10100010, Uf2Family.All[0]));
        Assert.Contains("no multiple of 256; begin at 0x10100000", refused.Message);
    }

    /// <summary>Reads as the specification tells a boot loader to, and refuses what it would pass over.</summary>
    private static SortedDictionary<uint, byte> Read(byte[] file, uint family)
    {
        var memory = new SortedDictionary<uint, byte>();
        Assert.Equal(0, file.Length % 512);
        for (int i = 0; i < file.Length / 512; i++)
        {
            ReadOnlySpan<byte> block = file.AsSpan(512 * i, 512);
            Assert.True(block.StartsWith("UF2\n"u8));
            uint[] header = [.. Enumerable.Range(0, 8).Select(k => BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(512 * i + 4 * k)))];
            Assert.Equal([0x9E5D5157u, 0x2000u], header[1..3]);
            Assert.Equal([256u, (uint)i, (uint)(file.Length / 512), family], header[4..]);
            Assert.Equal(0u, header[3] % 256);
            Assert.Equal(0x0AB16F30u, BinaryPrimitives.ReadUInt32LittleEndian(block[508..]));
            Assert.False(block[(32 + 256)..508].ContainsAnyExcept((byte)0));
            for (int k = 0; k < 256; k++) memory.Add(header[3] + (uint)k, block[32 + k]);
        }
        return memory;
    }
}
