using System;
using System.IO;
using System.Text;
using EdgeCnn.Flash.Images;
using EdgeCnn.Flash.Tests.Support;
using Xunit;

namespace EdgeCnn.Flash.Tests.Images;

public sealed class IntelHexTests : IDisposable
{
    private readonly Folder _folder = new();

    public static TheoryData<uint, int> Places => new()
    {
        { 0x08040000, 63_511 },
        { 0x0804FFF0, 40 },              // across a segment of 64 KiB
        { 0x10FF8000, 200_000 },         // across 16 MiB
        { 0x00000000, 1 },
        { 0xFFFFFFF0, 16 },              // the last bytes that there are
    };

    [Theory]
    [MemberData(nameof(Places))]
    public void Srecord_reads_what_was_written(uint address, int count)
    {
        byte[] bytes = Write(address, count);
        string info = ForeignTool.Run("srecord", "srec_info", _folder.At("model.hex"), "-intel");
        Assert.Contains(count == 1 ? $"{address:X4}" : $"{address:X8} - {address + (uint)count - 1:X8}", info);
        ForeignTool.Run(
            "srecord", "srec_cat", _folder.At("model.hex"), "-intel", "-offset", $"-0x{address:x}", "-o", _folder.At("model.bin"), "-binary");
        Assert.Equal(bytes, File.ReadAllBytes(_folder.At("model.bin")));
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void Objcopy_reads_what_was_written(uint address, int count)
    {
        byte[] bytes = Write(address, count);
        ForeignTool.Run("binutils-arm-none-eabi", "arm-none-eabi-objcopy", "-I", "ihex", "-O", "binary", _folder.At("model.hex"), _folder.At("model.bin"));
        Assert.Equal(bytes, File.ReadAllBytes(_folder.At("model.bin")));
    }

    [Fact]
    public void Records_are_those_of_the_specification()
    {
        using var text = new MemoryStream();
        IntelHex.Write(text, [.. "address gap of 16!"u8], 0x0804FFF0);
        Assert.Equal(
            ":020000040804EE\r\n:10FFF0006164647265737320676170206F6620317D\r\n:020000040805ED\r\n:020000003621A7\r\n:00000001FF\r\n",
            Encoding.ASCII.GetString(text.ToArray()));
    }

    [Theory]
    [InlineData(0x08040008, 16, "no multiple of 16; begin at 0x8040000")]
    [InlineData(0xFFFFFFF0, 17, "reach beyond 4 GiB")]
    public void An_address_where_no_model_may_lie_is_refused(uint address, int bytes, string reason) =>
        Assert.Contains(reason, ImageFile.Refusal(address, bytes));

    public void Dispose() => _folder.Dispose();

    private byte[] Write(uint address, int count)
    {
        byte[] bytes = new byte[count];
        new Random(count).NextBytes(bytes);
        ImageFile.Write(_folder.At("model.hex"), to => IntelHex.Write(to, bytes, address));
        return bytes;
    }
}
