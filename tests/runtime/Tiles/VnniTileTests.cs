using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.Intrinsics.X86;
using EdgeCnn.Managed;
using Xunit;

namespace EdgeCnn.Tests.Tiles;

/// <summary>The tile whose loops are machine code of its own. That its sums are right is what every test over all tiles says.</summary>
public sealed unsafe class VnniTileTests
{
    [Fact]
    public void Placed_code_is_executable_and_not_writable()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "pages are placed on Linux only");
        byte[] code = [0xC3];

        void* placed = ExecutableMemory.TryPlace(code);

        Assert.SkipWhen(placed == null, "this system allows no executable pages");
        Assert.Equal(code[0], *(byte*)placed);
        Assert.StartsWith("r-xp", Pages((nuint)placed), StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_the_choice_where_the_processor_has_the_instruction()
    {
        Assert.SkipUnless(VnniTile.IsSupported, "this processor lacks AVX-512 VNNI, or the system allows no executable pages");

        Assert.True(Avx512BW.VL.IsSupported);
        Assert.Equal("vnni", TileChoice.Name(TileChoice.Of(null)));
    }

    [Fact]
    public void A_model_lowered_for_it_has_products_on_it_and_all_else_on_avx512()
    {
        Assert.SkipUnless(VnniTile.IsSupported, "this processor lacks AVX-512 VNNI, or the system allows no executable pages");
        fixed (byte* source = TestModels.LeNet5)
        {
            using ModelMemory lowered = Lowering.Of(source, TileCode.Vnni);
            int[] tiles = [.. Enumerable.Range(0, ModelFile.OperatorCount(source))
                .Select(i => OperatorRecord.Tile(lowered.Pointer, ModelFile.Operator(lowered.Pointer, i)))];

            // The gray image's convolution and the pools; Softmax is portable.
            Assert.Equal(
                [
                    TileCode.Avx512, TileCode.Avx512, TileCode.Vnni, TileCode.Avx512, TileCode.Vnni, TileCode.Vnni, TileCode.Vnni,
                    TileCode.Portable,
                ],
                tiles);
        }
    }

    [Theory]
    [InlineData(DepthwiseConv2D.Code)]
    [InlineData(MaxPool.Code)]
    [InlineData(AveragePool.Code)]
    public void A_file_with_an_operator_that_it_has_no_form_for_is_refused(int code)
    {
        Assert.SkipUnless(VnniTile.IsSupported, "this processor lacks AVX-512 VNNI, or the system allows no executable pages");
        byte[] file = OperatorCase.All(1).First(test => (int)test.Model.Operators[0].Code == code).File;
        fixed (byte* source = file)
        {
            using ModelMemory lowered = Lowering.Of(source, TileCode.Avx512);
            int op = ModelFile.Operator(lowered.Pointer, 0);
            Assert.True(LoweredTable.HasForm(lowered.Pointer, op));

            lowered.Pointer[op + OperatorRecord.FlagsAt] = TileCode.Vnni << OperatorRecord.TileShift;

            Assert.False(LoweredTable.HasForm(lowered.Pointer, op));
        }
    }

    /// <summary>The line of the process's memory map that holds an address: its pages' permissions, and what follows.</summary>
    private static string Pages(nuint address)
    {
        string line = File.ReadLines("/proc/self/maps").First(line =>
        {
            nuint[] range = [.. line.Split(' ')[0].Split('-').Select(text => nuint.Parse(text, NumberStyles.HexNumber, null))];
            return range[0] <= address && address < range[1];
        });
        return line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..];
    }
}
