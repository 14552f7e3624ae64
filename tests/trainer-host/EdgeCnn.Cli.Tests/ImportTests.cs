using System;
using System.IO;
using System.Linq;
using EdgeCnn.Cli.Tests.Support;
using EdgeCnn.Tests;
using EdgeCnn.Trainer.Import.Onnx;
using EdgeCnn.Trainer.Import.Tflite;
using Xunit;

namespace EdgeCnn.Cli.Tests;

public class ImportTests
{
    private static readonly string Golden = Path.Combine(Repository.Shared, "golden");

    [Fact]
    public void A_quantized_model_becomes_a_model_file_that_passes_its_self_test()
    {
        using var scratch = new Scratch();
        string source = scratch.Write("sine.tflite", Read("hello_world"));

        Outcome outcome = Tool.RunIn(scratch.Folder, "import", source, "--json");

        Assert.True(outcome.ExitCode == 0, outcome.Error);
        Assert.Equal(
            ["sourceBytes", "fileBytes", "arenaBytes", "operators", "modelId", "modelPath"],
            outcome.Json.EnumerateObject().Select(member => member.Name));
        string model = scratch.At("sine.ecnn");
        Assert.Equal(model, outcome.Json.GetProperty("modelPath").GetString());
        Assert.Equal(new FileInfo(source).Length, outcome.Json.GetProperty("sourceBytes").GetInt64());
        Assert.Equal(new FileInfo(model).Length, outcome.Json.GetProperty("fileBytes").GetInt64());
        Assert.Equal(["sine.ecnn", "sine.tflite"], scratch.Entries);
        Outcome tested = Tool.Run("selftest", model, "--json");
        Assert.True(tested.Json.GetProperty("passed").GetBoolean(), tested.Output);
    }

    [Fact]
    public void An_empty_file_is_refused() => Refused([], "0 bytes");

    [Fact]
    public void A_file_of_another_kind_is_refused() => Refused(new byte[1000], "no TFL3 at byte 4");

    [Theory]
    [InlineData(8)]
    [InlineData(100)]
    [InlineData(1500)]
    public void A_truncated_file_is_refused(int length) => Refused(Read("hello_world")[..length], "the file is damaged");

    [Fact]
    public void A_model_of_floats_is_refused_with_what_to_do() =>
        Refused(OneOperator(TfliteOperator.Relu, TfliteType.Float32), "quantize it to int8");

    [Fact]
    public void An_operator_that_the_runtime_does_not_have_is_refused_with_its_shapes() => Refused(
        OneOperator(TfliteOperator.Cast, TfliteType.Int8), "operator 0 (Cast) on 't0' Int8 [1, 4]: there is no such operator");

    [Fact]
    public void A_shape_that_is_known_only_at_run_time_is_refused_with_what_to_do()
    {
        var file = new TfliteBytes();
        int x = file.Tensor(TfliteType.Int8, [0, 4], 0.1f, signature: [-1, 4]);
        int y = file.Tensor(TfliteType.Int8, [0, 4], 0.1f, signature: [-1, 4]);
        file.Operator(TfliteOperator.Relu, [x], [y]);
        using var scratch = new Scratch();
        string source = scratch.Write("dynamic.tflite", file.File([x], [y]));
        Refused(scratch, source, "'t0' Int8 [0, 4] has dimensions that are known only at run time");
    }

    [Fact]
    public void Every_reason_against_a_model_is_told_at_once()
    {
        var file = new TfliteBytes();
        int x = file.Tensor(TfliteType.Int8, [1, 4], 0.1f), y = file.Tensor(TfliteType.Int8, [1, 4], 0.1f);
        int z = file.Tensor(TfliteType.Int8, [1, 4], 0.1f);
        file.Operator(TfliteOperator.Cast, [x], [y]);
        file.Operator((TfliteOperator)101, [y], [z]);
        using var scratch = new Scratch();
        string source = scratch.Write("two.tflite", file.File([x], [z]));
        Refused(scratch, source, "operator 0 (Cast) on 't0' Int8 [1, 4]: there is no such operator");
        Refused(scratch, source, "operator 1 (101) on 't1' Int8 [1, 4]: there is no such operator");
    }

    [Fact]
    public void An_ONNX_model_in_float_is_refused_without_examples_and_imported_with_them()
    {
        var file = new OnnxBytes();
        file.Node("Relu", [file.Node("Neg", [file.Input("x", OnnxType.Float32, 1, 4)], "negative")], "y");
        file.Output("y", OnnxType.Float32, 1, 4);
        Refused(file.File(), "--calibrate");

        using var scratch = new Scratch();
        string source = scratch.Write("model.onnx", file.File()), examples = Directory.CreateDirectory(scratch.At("examples")).FullName;
        Refused(scratch, source, "there are no examples", "--calibrate", examples);
        NumpyBytes.Write(Path.Combine(examples, "x.npy"), [2, 4], [1, -2, 3, 0.5f, -1, -3, 2, 2]);

        Outcome outcome = Tool.RunIn(scratch.Folder, "import", source, "--calibrate", examples, "--json");

        Assert.True(outcome.ExitCode == 0, outcome.Error);
        Assert.True(Tool.Run("selftest", scratch.At("model.ecnn"), "--json").Json.GetProperty("passed").GetBoolean());
    }

    [Fact]
    public void Examples_for_a_model_that_needs_none_are_refused()
    {
        using var scratch = new Scratch();
        Refused(scratch, scratch.Write("sine.tflite", Read("hello_world")), "only ONNX models in float", "--calibrate", scratch.Folder);
    }

    [Fact]
    public void A_folder_of_examples_that_is_not_there_is_refused()
    {
        using var scratch = new Scratch();
        Refused(scratch, scratch.Write("model.onnx", [8, 8]), "there is no such folder", "--calibrate", scratch.At("nowhere"));
    }

    [Fact]
    public void A_sparse_file_of_2_GiB_is_refused_without_reading_it()
    {
        using var scratch = new Scratch();
        Refused(scratch, scratch.Sparse("large.tflite", 2L << 30), "a model to import has 1 to");
    }

    [Fact]
    public void The_source_as_output_is_refused()
    {
        using var scratch = new Scratch();
        byte[] source = Read("hello_world");
        string path = scratch.Write("sine.tflite", source);
        Refused(scratch, path, "which the command reads", "--out", path);
        Assert.Equal(source, File.ReadAllBytes(path));
    }

    private static void Refused(byte[] source, string reason)
    {
        using var scratch = new Scratch();
        Refused(scratch, scratch.Write("source.tflite", source), reason);
    }

    /// <summary>Exit code 1, nothing written, and on standard error a line for each reason, one of which is
    /// <paramref name="reason"/>.</summary>
    private static void Refused(Scratch scratch, string source, string reason, params string[] options)
    {
        string[] before = scratch.Entries;
        Outcome outcome = Tool.RunIn(scratch.Folder, ["import", source, .. options]);
        Assert.Equal(1, outcome.ExitCode);
        Assert.Equal("", outcome.Output);
        Assert.Equal(before, scratch.Entries);
        string[] lines = outcome.Error.TrimEnd('\n').Split('\n');
        Assert.All(lines, line => Assert.StartsWith("error: ", line));
        Assert.Single(lines, line => line.Contains(reason, StringComparison.Ordinal));
    }

    /// <summary>A model of one operator between two tensors of four elements.</summary>
    private static byte[] OneOperator(TfliteOperator code, TfliteType type)
    {
        var file = new TfliteBytes();
        int x = file.Tensor(type, [1, 4], 0.1f), y = file.Tensor(type, [1, 4], 0.1f);
        file.Operator(code, [x], [y]);
        return file.File([x], [y]);
    }

    private static byte[] Read(string model)
    {
        string path = Path.Combine(Golden, model, "model.tflite");
        Assert.SkipUnless(File.Exists(path), $"no golden data in {Golden}; set EDGECNN_SHARED");
        return File.ReadAllBytes(path);
    }
}
