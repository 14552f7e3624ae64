using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using EdgeCnn.Cli.Tests.Support;
using EdgeCnn.Trainer.Data;
using Xunit;

namespace EdgeCnn.Cli.Tests;

public class RefusalTests(TrainedModel trained)
{
    /// <summary>What is refused: a name, and the words that the reason must contain.</summary>
    private static readonly Dictionary<string, (Func<Files, string[]> Arguments, int ExitCode, string Reason)> Cases = new()
    {
        ["no command"] = (_ => ["--json"], 2, "See 'edgecnn --help'"),
        ["unknown command"] = (_ => ["trian"], 2, "did you mean train?"),
        ["unknown option"] = (_ => ["train", "x.json", "--epcohs", "3"], 2, "did you mean --epochs?"),
        ["no recipe"] = (_ => ["train"], 2, "See 'edgecnn train --help'"),
        ["no epochs"] = (_ => ["train", "x.json", "--epochs", "0"], 2, "--epochs 0 is not allowed"),
        ["epochs in words"] = (_ => ["train", "x.json", "--epochs", "ten"], 2, "--epochs ten is not allowed"),
        ["negative seed"] = (_ => ["train", "x.json", "--seed", "-1"], 2, "--seed -1 is not allowed"),
        ["too many threads"] = (_ => ["demo", "--threads", "99999"], 2, "use a whole number from 1 to 1024"),
        ["run without input"] = (at => ["run", at.Model], 2, "--input"),
        ["an input too many"] = (at => ["run", at.Model, "--input", at.Raw, "--input", at.Raw], 2, "The model has 1 input(s) (image)"),
        ["an output too many"] = (at => ["run", at.Model, "-i", at.Raw, "-o", "a.bin", "-o", "b.bin"], 2, "The model has 1 output(s) (scores)"),

        ["missing model"] = (_ => ["inspect", "gone.ecnn"], 1, "gone.ecnn: there is no such file"),
        ["folder as model"] = (at => ["inspect", at.Folder], 1, "is a folder; name the model file"),
        ["text as model"] = (at => ["inspect", at.Write("text.ecnn", new string('x', 500))], 1, "this is not an .ecnn model file (byte 0x0)"),
        ["empty model"] = (at => ["inspect", at.Write("empty.ecnn", "")], 1, "the file ends too early"),
        ["truncated model"] = (at => ["selftest", at.Write("short.ecnn", at.ModelBytes()[..^1])], 1, "the file ends too early"),
        ["damaged model"] = (at => ["run", at.Write("damaged.ecnn", at.Damaged()), "-i", at.Raw], 1, "a section is damaged"),

        ["missing input"] = (at => ["run", at.Model, "--input", "gone.bin"], 1, "gone.bin: there is no such file"),
        ["folder as input"] = (at => ["run", at.Model, "--input", at.Folder], 1, "is a folder"),
        ["short raw input"] = (at => ["run", at.Model, "--input", at.Write("a.bin", new byte[783])], 1, "783 bytes are not a whole number of tensors"),
        ["one and a half inputs"] = (at => ["run", at.Model, "--input", at.Write("a.bin", new byte[1176])], 1, "1×28×28×1 int8, 784 bytes each"),
        ["empty raw input"] = (at => ["run", at.Model, "--input", at.Write("a.bin", "")], 1, "0 bytes are not a whole number of tensors"),
        ["text as images"] = (at => ["run", at.Model, "--input", at.Write("a.txt", "some text")], 1, "is not the start of an IDX file"),
        ["truncated images"] = (at => ["run", at.Model, "--input", at.Write("a.idx", Files.Images()[..^5])], 1, "2×28×28 values need 1584 bytes"),
        ["damaged gzip"] = (at => ["run", at.Model, "--input", at.Write("a.gz", Files.Images())], 1, "a.gz: damaged"),
        ["truncated gzip"] = (at => ["run", at.Model, "--input", at.Write("a.gz", IdxFile.Compressed(Files.Images())[..^200])], 1, "a.gz: "),
        ["images of another size"] = (at => ["run", at.Model, "--input", at.Write("a.idx", Files.Narrow())], 1, "the images are 28×27×1, input 'image' is 1×28×28×1"),
        ["output in a read-only folder"] = (at => ["run", at.Model, "-i", at.Raw, "-o", "/proc/scores.bin"], 1, "/proc: can't be written"),
        ["output below a file"] = (at => ["run", at.Model, "-i", at.Raw, "-o", at.Raw + "/scores.bin"], 1, "is a file, not a folder"),
        ["folder as output"] = (at => ["run", at.Model, "-i", at.Raw, "-o", at.Folder], 1, "a folder is in the way"),
        ["layers below a file"] = (at => ["run", at.Model, "-i", at.Raw, "--layers", at.Raw + "/layers"], 1, "is a file, not a folder"),

        ["missing recipe"] = (_ => ["train", "gone.json"], 1, "gone.json: there is no such file"),
        ["folder as recipe"] = (at => ["train", at.Folder], 1, "is a folder; name the recipe"),
        ["broken JSON"] = (at => ["train", at.Write("r.json", "{ \"name\": ")], 1, "r.json: line 1"),
        ["unknown layer"] = (at => ["train", at.Recipe("\"relu\"", "\"rellu\"")], 1, "network[1]: 'rellu' is not known"),
        ["kernel of nothing"] = (at => ["train", at.Recipe("\"kernel\": 5", "\"kernel\": 0")], 1, "0 is not allowed; use 1 or more"),
        ["kernel larger than the image"] = (at => ["train", at.Recipe("\"kernel\": 4", "\"kernel\": 99")], 1, "network[2]"),
        ["classes and outputs differ"] = (at => ["train", at.Recipe("\"units\": 10", "\"units\": 9")], 1, "9 values for 10 classes"),
        ["more weights than memory"] = (at => ["train", at.Recipe("\"filters\": 4", "\"filters\": 2000000000")], 1, "50000000000 values, more than fits"),
        ["no integer form"] = (at => ["train", at.Recipe("\"relu\"", "\"sigmoid\"")], 1, "network[1] (sigmoid) has no integer operator"),
        ["training to no number"] = (at => ["train", at.Recipe("\"rate\": 0.02", "\"rate\": 1e30")], 1, "Use a smaller rate"),
        ["data not named"] = (at => ["train", at.Idx()], 1, "--data"),
        ["missing data folder"] = (at => ["train", at.Idx(), "--data", "gone"], 1, "gone: there is no such folder"),
        ["empty data folder"] = (at => ["train", at.Idx(), "--data", at.Folder], 1, "train-images-idx3-ubyte: not found"),
        ["read-only output folder"] = (at => ["train", at.Small, "--out", "/proc/edgecnn"], 1, "/proc/edgecnn: can't be written"),
        ["output folder below a file"] = (at => ["train", at.Small, "--out", at.Raw + "/out"], 1, "is a file, not a folder"),
        ["demo below a file"] = (at => ["demo", "--out", at.Raw], 1, "is a file, not a folder"),

        ["model without float network"] = (at => ["compare", at.Write("alone.ecnn", at.ModelBytes())], 1, "alone.ecfloat: there is no such file"),
        ["model as float network"] = (at => ["compare", at.Model, "--float", at.Model], 1, "this is not a float network"),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_refusal_is_one_line_an_exit_code_and_no_file(string name)
    {
        Assert.SkipWhen(name.Contains("read-only", StringComparison.Ordinal) && !Directory.Exists("/proc"), "there is no /proc to fail to write to");
        var (arguments, exitCode, reason) = Cases[name];
        using var files = new Files(trained);
        string[] line = arguments(files);
        string[] before = files.Entries;

        Outcome outcome = Tool.RunIn(files.Folder, [.. line, "--json"]);

        Assert.Equal(exitCode, outcome.ExitCode);
        Assert.Equal(before, files.Entries);
        string last = outcome.Error.TrimEnd('\n').Split('\n').Single(text => !text.StartsWith("epoch", StringComparison.Ordinal));
        Assert.StartsWith("error: ", last);
        Assert.Contains(reason, last);
        Assert.Equal(last["error: ".Length..], outcome.Json.GetProperty("error").GetString());
    }

    [Fact]
    public void Without_json_standard_output_stays_empty()
    {
        Outcome outcome = Tool.Run("inspect", "gone.ecnn");
        Assert.Equal("", outcome.Output);
        Assert.Equal("error: gone.ecnn: there is no such file; name the model file (.ecnn)\n", outcome.Error);
    }

    [Fact]
    public void A_folder_in_the_place_of_the_model_is_seen_before_training()
    {
        using var files = new Files(trained);
        Directory.CreateDirectory(Path.Combine(files.Folder, "model.ecnn"));
        Outcome outcome = Tool.Run("train", files.Small);
        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains("model.ecnn: a folder is in the way", outcome.Error);
        Assert.DoesNotContain("epoch", outcome.Error);
    }

    /// <summary>A folder with what the cases need.</summary>
    private sealed class Files(TrainedModel trained) : IDisposable
    {
        private readonly Scratch _scratch = new();

        public string Folder => _scratch.Folder;

        public string[] Entries => _scratch.Entries;

        public string Model => trained.Model;

        public string Raw => Write("raw.bin", new byte[784]);

        public string Small => Write("recipe.json", SmallRecipe.Text);

        public string Write(string name, string content) => _scratch.Write(name, content);

        public string Write(string name, byte[] content) => _scratch.Write(name, content);

        public string Recipe(string old, string other) => Write("recipe.json", SmallRecipe.With(old, other));

        public string Idx() => Write("recipe.json", SmallRecipe.With(SmallRecipe.Data, "\"idx\""));

        public byte[] ModelBytes() => trained.Bytes();

        public byte[] Damaged()
        {
            byte[] file = trained.Bytes();
            file[^1] ^= 1;
            return file;
        }

        public static byte[] Images() => IdxFile.Of(DrawnDigits.Draw(1, 0, 2));

        /// <summary>Images of 28×27.</summary>
        public static byte[] Narrow()
        {
            byte[] file = Images()[..^56];
            file[15] = 27;
            return file;
        }

        public void Dispose() => _scratch.Dispose();
    }
}
