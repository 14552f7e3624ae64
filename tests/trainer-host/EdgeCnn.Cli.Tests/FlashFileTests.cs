using System.IO;
using System.Linq;
using System.Text.Json;
using EdgeCnn.Cli.Tests.Support;
using Xunit;

namespace EdgeCnn.Cli.Tests;

public class FlashFileTests(TrainedModel trained)
{
    [Fact]
    public void A_model_is_written_in_every_form_at_once()
    {
        using var scratch = new Scratch();
        Outcome outcome = Tool.RunIn(
            scratch.Folder, "flash", trained.Model, "--uf2", "m.uf2", "--family", "rp2350", "--hex", "m.hex", "--bin", "m.bin", "--c-array", "out/m.c",
            "--address", "0x10100000", "--json");
        Assert.True(outcome.ExitCode == 0, outcome.Error);
        JsonElement[] files = [.. outcome.Json.GetProperty("files").EnumerateArray()];
        Assert.Equal(["uf2", "hex", "bin", "c-array"], files.Select(file => file.GetProperty("form").GetString()));
        Assert.All(files, file =>
            Assert.Equal(file.GetProperty("bytes").GetInt64(), new FileInfo(scratch.At(file.GetProperty("path").GetString()!)).Length));
        Assert.Equal(trained.Bytes(), File.ReadAllBytes(scratch.At("m.bin")));
        Assert.Equal(["m.bin", "m.hex", "m.uf2", "out", "out/m.c"], scratch.Entries);
    }
}
