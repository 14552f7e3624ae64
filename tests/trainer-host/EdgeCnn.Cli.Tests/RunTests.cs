using System;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text.Json;
using EdgeCnn.Cli.Tests.Support;
using EdgeCnn.Managed;
using EdgeCnn.Trainer.Data;
using Xunit;

namespace EdgeCnn.Cli.Tests;

public sealed class RunTests(TrainedModel trained) : IDisposable
{
    private const int Images = 3;
    private readonly Scratch _scratch = new();
    private readonly EdgeModel _model = EdgeModel.Open(trained.Model);
    private readonly Dataset _images = DrawnDigits.Draw(9, 0, Images);

    [Fact]
    public void Images_of_an_idx_file_give_what_the_runtime_gives()
    {
        JsonElement result = Run(_scratch.Write("images", IdxFile.Of(_images)));
        Assert.Equal(Images, result.GetProperty("images").GetInt32());
        JsonElement[] outputs = [.. result.GetProperty("outputs").EnumerateArray()];
        Assert.Equal(Images, outputs.Length);
        for (int i = 0; i < Images; i++)
        {
            _model.SetPixels(_images.Image(i));
            _model.Run();
            Assert.Equal(i, outputs[i].GetProperty("image").GetInt32());
            Assert.Equal(_model.BestClass, outputs[i].GetProperty("class").GetInt32());
            Assert.Equal(_model.Outputs[0].Labels[_model.BestClass], outputs[i].GetProperty("label").GetString());
            Assert.Equal(_model.Outputs[0].Dequantize(_model.Output[_model.BestClass]), outputs[i].GetProperty("score").GetDouble());
        }
    }

    [Fact]
    public void Hashes_are_those_of_every_operator_image_after_image()
    {
        string[] expected = [.. Enumerable.Range(0, Images).SelectMany(i =>
        {
            _model.SetPixels(_images.Image(i));
            return _model.RunProbed().Select(entry => $"{entry.Hash:x16}");
        })];
        Assert.Equal(expected, Hashes(Run(_scratch.Write("images", IdxFile.Of(_images)))));
        Assert.Equal(expected, Hashes(Run(_scratch.Write("images.gz", IdxFile.Compressed(IdxFile.Of(_images))))));
        Assert.Equal(expected, Hashes(Run(_scratch.Write("images.bin", RawInputs()))));
    }

    [Fact]
    public void A_picture_of_the_inputs_size_is_an_image()
    {
        string?[] all = Hashes(Run(_scratch.Write("images", IdxFile.Of(_images))));
        string picture = _scratch.Write("digit.pgm", [.. "P5 28 28 255 "u8, .. _images.Image(1)]);
        Assert.Equal(all.Skip(_model.Operators.Count).Take(_model.Operators.Count), Hashes(Run(picture)));
        Outcome sound = Tool.Run("run", trained.Model, "--input", _scratch.Write("word.wav", "x"));
        Assert.Contains("input 'image' takes no sound", sound.Error);
    }

    [Fact]
    public void Outputs_and_layers_are_written_as_they_are_in_the_arena()
    {
        string output = _scratch.At("deep", "scores.bin"), layers = _scratch.At("layers");
        Run(_scratch.Write("images.bin", RawInputs()), "--output", output, "--layers", layers);
        byte[][] expected = [.. _model.Operators.Select(_ => Array.Empty<byte>())];
        for (int i = 0; i < Images; i++)
        {
            _model.SetPixels(_images.Image(i));
            for (int op = 0; op < expected.Length; op++)
                expected[op] = [.. expected[op], .. MemoryMarshal.AsBytes(_model.Step(op))];
        }
        for (int op = 0; op < expected.Length; op++)
            Assert.Equal(expected[op], File.ReadAllBytes(Path.Combine(layers, $"tensor_{_model.Operators[op].Output.Index}.bin")));
        Assert.Equal(expected[^1], File.ReadAllBytes(output));
        Assert.Equal(expected.Length, Directory.GetFiles(layers).Length);
        Assert.Equal([output], Directory.GetFiles(_scratch.At("deep")));
    }

    [Fact]
    public void Text_has_a_line_per_image()
    {
        Outcome outcome = Tool.Run("run", trained.Model, "-i", _scratch.Write("images", IdxFile.Of(_images)));
        Assert.Equal("", outcome.Error);
        Assert.Equal(1 + Images, outcome.Output.TrimEnd('\n').Split('\n').Length);
        Assert.DoesNotContain('\e', outcome.Output);
    }

    public void Dispose()
    {
        _model.Dispose();
        _scratch.Dispose();
    }

    private static string?[] Hashes(JsonElement result) =>
        [.. result.GetProperty("hashes").EnumerateArray().Select(hash => hash.GetString())];

    private JsonElement Run(string input, params string[] more)
    {
        Outcome outcome = Tool.Run(["run", trained.Model, "--input", input, "--json", .. more]);
        Assert.True(outcome.ExitCode == 0, outcome.Error);
        return outcome.Json;
    }

    private byte[] RawInputs() => [.. Enumerable.Range(0, Images).SelectMany(i =>
    {
        _model.SetPixels(_images.Image(i));
        return MemoryMarshal.AsBytes(_model.Input).ToArray();
    })];
}
