using System;
using System.IO;
using EdgeCnn.Flash.Images;
using EdgeCnn.Flash.Tests.Support;
using EdgeCnn.Tests.Boards;
using Xunit;

namespace EdgeCnn.Flash.Tests.Images;

public sealed class CArrayTests : IDisposable
{
    private readonly Folder _folder = new();

    [Theory]
    [InlineData("model.c", "arm-none-eabi-gcc")]
    [InlineData("model.cpp", "arm-none-eabi-g++")]
    public void A_compiler_makes_the_same_bytes_of_it(string name, string compiler)
    {
        string source = _folder.At(name), compiled = _folder.At("model.o"), content = _folder.At("model.bin");
        byte[] model = SmallModels.Plain.Bytes.ToArray();
        ImageFile.Write(source, to => CArray.Write(to, model, "digits"));
        ForeignTool.Run("gcc-arm-none-eabi", compiler, "-Wall", "-Wextra", "-Werror", "-fdata-sections", "-mcpu=cortex-m4", "-mthumb", "-c", source, "-o", compiled);
        ForeignTool.Run("binutils-arm-none-eabi", "arm-none-eabi-objcopy", "-O", "binary", "-j", ".rodata.digits", compiled, content);
        Assert.Equal(model, File.ReadAllBytes(content));
        ForeignTool.Run("binutils-arm-none-eabi", "arm-none-eabi-objcopy", "-O", "binary", "-j", ".rodata.digits_bytes", compiled, content);
        Assert.Equal(model.Length, BitConverter.ToInt32(File.ReadAllBytes(content)));
    }

    [Theory]
    [InlineData("out/kws-ref.c", "kws_ref")]
    [InlineData("8x8.h", "model_8x8")]
    public void A_file_gives_the_array_its_name(string path, string name) => Assert.Equal(name, CArray.NameOf(path));

    public void Dispose() => _folder.Dispose();
}
