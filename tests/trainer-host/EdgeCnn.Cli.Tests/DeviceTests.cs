using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using EdgeCnn.Cli.Tests.Support;
using EdgeCnn.Managed;
using EdgeCnn.Tests.Boards;
using EdgeCnn.Trainer;
using EdgeCnn.Trainer.Data;
using Xunit;

namespace EdgeCnn.Cli.Tests;

public sealed class DeviceTests : IDisposable
{
    private const int Samples = 40;

    private readonly Scratch _scratch = new();
    private readonly SimulatedBoard _board = new();
    private readonly BoardServer _server;
    private readonly string _plain, _int4, _learning;

    public DeviceTests()
    {
        _server = new BoardServer(_board);
        _plain = _scratch.Write("plain.ecnn", SmallModels.Plain.Bytes.ToArray());
        _int4 = _scratch.Write("int4.ecnn", SmallModels.Int4.Bytes.ToArray());
        _learning = _scratch.Write("learning.ecnn", SmallModels.Learning.Bytes.ToArray());
    }

    [Fact]
    public void A_model_is_sent_runs_and_is_rolled_back()
    {
        JsonElement first = Tool.Run("flash", _plain, "--port", _server.Port, "--json").Json.GetProperty("board");
        Assert.Equal((0, true), (first.GetProperty("slot").GetInt32(), first.GetProperty("active").GetBoolean()));
        Assert.Contains("1: whole, and runs now", Tool.Run("flash", _int4, "--port", _server.Port).Output);
        Assert.Equal(1, Info().GetProperty("activeSlot").GetInt32());

        JsonElement back = Tool.Run("flash", "--rollback", "--port", _server.Port, "--json").Json;
        Assert.Equal(SmallModels.Plain.ModelId, back.GetProperty("modelId").GetString());
        Assert.Equal(0, Info().GetProperty("activeSlot").GetInt32());
    }

    [Fact]
    public void A_model_that_is_only_sent_does_not_run()
    {
        Tool.Run("flash", _plain, "--port", _server.Port);
        JsonElement board = Tool.Run("flash", _int4, "--port", _server.Port, "--no-activate", "--json").Json.GetProperty("board");
        Assert.False(board.GetProperty("active").GetBoolean());
        JsonElement info = Info();
        Assert.Equal(0, info.GetProperty("activeSlot").GetInt32());
        Assert.Equal(
            [SmallModels.Plain.ModelId, SmallModels.Int4.ModelId],
            info.GetProperty("slots").EnumerateArray().Select(slot => slot.GetProperty("modelId").GetString()));
    }

    [Fact]
    public void A_cut_is_one_line_and_the_same_command_goes_on()
    {
        _server.CutAfter = () => 1500;
        Outcome cut = Tool.Run("flash", _plain, "--port", _server.Port);
        Assert.Equal(1, cut.ExitCode);
        Assert.StartsWith($"error: {_server.Port}: the line ended", cut.Error);
        _server.CutAfter = () => int.MaxValue;
        JsonElement board = Tool.Run("flash", _plain, "--port", _server.Port, "--json").Json.GetProperty("board");
        Assert.InRange(board.GetProperty("resumedBytes").GetInt32(), 1, 1500);
        Assert.True(board.GetProperty("active").GetBoolean());
    }

    [Fact]
    public void A_board_answers_as_this_computer_does()
    {
        Tool.Run("flash", _plain, "--port", _server.Port);
        string images = _scratch.Write("images", IdxFile.Of(Digits()));
        JsonElement there = Tool.Run("device", "run", "--port", _server.Port, "-m", _plain, "-i", images, "-o", _scratch.At("there.bin"), "--json").Json;
        JsonElement here = Tool.Run("run", _plain, "-i", images, "-o", _scratch.At("here.bin"), "--json").Json;
        Assert.Equal(here.GetProperty("outputs").ToString(), there.GetProperty("outputs").ToString());
        Assert.Equal(Samples, there.GetProperty("ticks").GetArrayLength());
        Assert.Equal(File.ReadAllBytes(_scratch.At("here.bin")), File.ReadAllBytes(_scratch.At("there.bin")));

        Assert.Contains("passed", Tool.Run("device", "selftest", "--port", _server.Port).Output);
        Outcome other = Tool.Run("device", "run", "--port", _server.Port, "-m", _int4, "-i", images);
        Assert.Equal(1, other.ExitCode);
        Assert.Contains($"the board runs model {SmallModels.Plain.ModelId}", other.Error);
    }

    [Fact]
    public void A_probe_names_the_first_operator_that_differs()
    {
        Tool.Run("flash", _learning, "--port", _server.Port);
        Assert.Contains("equal: the board computes this computer's bits", Tool.Run("device", "probe", "--port", _server.Port, "-m", _learning).Output);
        JsonElement alone = Tool.Run("device", "probe", "--port", _server.Port, "--json").Json;
        Assert.Equal(JsonValueKind.Null, alone.GetProperty("equal").ValueKind);

        // The last weight in flash changes, which the board does not look at before the next start.
        using (EdgeModel model = EdgeModel.Open(_learning))
        {
            (int _, int offset, int bytes) = model.Info.Sections.Single(section => section.Type == SectionType.Weights);
            _board.FlashMemory.Span(0)[offset + bytes - 1] ^= 0x40;
        }
        Outcome different = Tool.Run("device", "probe", "--port", _server.Port, "-m", _learning, "--json");
        Assert.Equal(1, different.ExitCode);
        int first = different.Json.GetProperty("firstDifference").GetInt32();
        JsonElement[] operators = [.. different.Json.GetProperty("operators").EnumerateArray()];
        Assert.Equal("FullyConnected", operators[first].GetProperty("name").GetString());
        Assert.InRange(first, 1, operators.Length - 1);
        Assert.All(operators.Take(first), op => Assert.Equal(op.GetProperty("expected").GetString(), op.GetProperty("hash").GetString()));
        Assert.Contains($"DIFFERENT: first at operator {first}, FullyConnected", Tool.Run("device", "probe", "--port", _server.Port, "-m", _learning).Output);
    }

    [Fact]
    public void A_board_learns_what_this_computer_learns_and_keeps_it()
    {
        Tool.Run("flash", _learning, "--port", _server.Port);
        string delta = Learned(out JsonElement result);
        Assert.True(result.GetProperty("equal").GetBoolean());
        Tool.Run("learn", _learning, "--data", _scratch.At("data"), "--steps", "60", "-o", _scratch.At("here.ecdelta"));
        Assert.Equal(File.ReadAllBytes(_scratch.At("here.ecdelta")), File.ReadAllBytes(delta));

        Assert.Contains("starts with what it has learned", Tool.Run("device", "delta", "save", "--port", _server.Port).Output);
        JsonElement again = Tool.Run("device", "reset", "--port", _server.Port, "--json").Json;
        Assert.Contains("DeltaApplied", again.GetProperty("traits").EnumerateArray().Select(trait => trait.GetString()));
        Assert.Equal(File.ReadAllBytes(delta), Read());

        Assert.Equal(0, Tool.Run("device", "delta", "drop", "--port", _server.Port).ExitCode);
        Assert.NotEqual(File.ReadAllBytes(delta), Read());
        Assert.Equal(0, Tool.Run("device", "delta", "apply", delta, "--port", _server.Port).ExitCode);
        Assert.Equal(File.ReadAllBytes(delta), Read());
    }

    public void Dispose()
    {
        _server.Dispose();
        _board.Dispose();
        _scratch.Dispose();
    }

    private static Dataset Digits()
    {
        var shape = new Shape(8, 8, 1);
        byte[] pixels = new byte[Samples * 8 * 8];
        new Random(1).NextBytes(pixels);
        return new Dataset(shape, pixels, [.. Enumerable.Range(0, Samples).Select(i => (byte)(i % 10))], Dataset.NumberedClasses(10));
    }

    private JsonElement Info() => Tool.Run("device", "info", "--port", _server.Port, "--json").Json;

    private byte[] Read()
    {
        Assert.Equal(0, Tool.Run("device", "delta", "read", "--port", _server.Port, "-o", _scratch.At("read.ecdelta")).ExitCode);
        return File.ReadAllBytes(_scratch.At("read.ecdelta"));
    }

    private string Learned(out JsonElement result)
    {
        Dataset digits = Digits();
        for (int i = 0; i < digits.Count; i++)
        {
            Directory.CreateDirectory(_scratch.At("data", $"{digits.Labels[i]}"));
            File.WriteAllBytes(_scratch.At("data", $"{digits.Labels[i]}", $"{i}.pgm"), [.. "P5 8 8 255 "u8, .. digits.Image(i)]);
        }
        string delta = _scratch.At("learned.ecdelta");
        Outcome outcome = Tool.Run(
            "device", "learn", "--port", _server.Port, "-m", _learning, "--data", _scratch.At("data"), "--steps", "60", "--forget", "-o", delta, "--json");
        Assert.True(outcome.ExitCode == 0, outcome.Error);
        result = outcome.Json;
        return delta;
    }
}
