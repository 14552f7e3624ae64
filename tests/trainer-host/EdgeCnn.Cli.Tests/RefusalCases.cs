using System;
using System.Collections.Generic;
using EdgeCnn.Cli.Tests.Support;

namespace EdgeCnn.Cli.Tests;

/// <summary>A command line that is refused.</summary>
/// <param name="ExitCode">With which exit code.</param>
/// <param name="Reason">Words of the message.</param>
/// <param name="Arguments">The command line; it may use files that are made for it.</param>
internal sealed record RefusalCase(int ExitCode, string Reason, Func<RefusalFiles, string[]> Arguments);

/// <summary>What users get wrong: the command line, the model, its inputs and outputs, the recipe, its data.</summary>
internal static class RefusalCases
{
    public static Dictionary<string, RefusalCase> All { get; } = new()
    {
        ["no command"] = new(2, "See 'edgecnn --help'", _ => ["--json"]),
        ["unknown command"] = new(2, "did you mean train?", _ => ["trian"]),
        ["unknown option"] = new(2, "did you mean --epochs?", _ => ["train", "x.json", "--epcohs", "3"]),
        ["no recipe"] = new(2, "See 'edgecnn train --help'", _ => ["train"]),
        ["no epochs"] = new(2, "--epochs 0 is not allowed", _ => ["train", "x.json", "--epochs", "0"]),
        ["epochs in words"] = new(2, "--epochs ten is not allowed", _ => ["train", "x.json", "--epochs", "ten"]),
        ["negative seed"] = new(2, "--seed -1 is not allowed", _ => ["train", "x.json", "--seed", "-1"]),
        ["too many threads"] = new(2, "use a whole number from 1 to 1024", _ => ["demo", "--threads", "99999"]),
        ["run without input"] = new(2, "--input", at => ["run", at.Model]),
        ["an input too many"] = new(2, "The model has 1 input(s) (image)", at => ["run", at.Model, "--input", at.Raw, "--input", at.Raw]),
        ["an output too many"] = new(
            2, "The model has 1 output(s) (scores)", at => ["run", at.Model, "-i", at.Raw, "-o", "a.bin", "-o", "b.bin"]),

        ["an empty argument"] = new(2, "An argument is empty.", _ => ["demo", "--out", ""]),
        ["a device as output"] = new(1, "this is a device", at => ["run", at.Model, "-i", at.Raw, "-o", "/dev/null"]),
        ["the input as output"] = new(1, "which the command reads", at => ["run", at.Model, "-i", at.Raw, "-o", at.Raw]),
        ["the model as output"] = new(1, "which the command reads", at => ["run", at.Model, "-i", at.Raw, "-o", at.Model]),
        ["a model with a tail"] = new(1, "impossible sizes", at => ["inspect", at.Write("long.ecnn", [.. at.ModelBytes(), 0])]),

        ["a model for nowhere"] = new(2, "Say where the model goes", at => ["flash", at.Model]),
        ["nothing to flash"] = new(2, "Name the model file", _ => ["flash", "--port", "tcp:127.0.0.1:1"]),
        ["a slot without a board"] = new(2, "belong to a board", at => ["flash", at.Model, "--bin", "x.bin", "--address", "0", "--slot", "1"]),
        ["a third slot"] = new(2, "--slot 2 is not allowed", at => ["flash", at.Model, "--port", "tcp:127.0.0.1:1", "--slot", "2"]),
        ["a rollback with a model"] = new(2, "--rollback sends nothing", at => ["flash", at.Model, "--rollback", "--port", "tcp:127.0.0.1:1"]),
        ["UF2 for nobody"] = new(2, "--uf2 needs --family", at => ["flash", at.Model, "--uf2", "x.uf2", "--address", "0"]),
        ["UF2 for a Z80"] = new(2, "--family z80 is not known; use rp2040", at => ["flash", at.Model, "--uf2", "x.uf2", "--family", "z80"]),
        ["UF2 within a page"] = new(
            2, "no multiple of 256; begin at 0x10100000", at => ["flash", at.Model, "--uf2", "x.uf2", "--family", "rp2350", "--address", "0x10100010"]),
        ["HEX for nowhere"] = new(2, "with --address", at => ["flash", at.Model, "--hex", "x.hex"]),
        ["an address in words"] = new(2, "--address flash is not allowed", at => ["flash", at.Model, "--bin", "x.bin", "--address", "flash"]),
        ["the model as HEX"] = new(1, "which the command reads", at => ["flash", at.Model, "--hex", at.Model, "--address", "0"]),
        ["text as model for a board"] = new(
            1, "this is not an .ecnn model file", at => ["flash", at.Write("text.ecnn", new string('x', 500)), "--port", "tcp:127.0.0.1:1"]),
        ["a board that is not there"] = new(1, "tcp:127.0.0.1:1: nobody answers there", at => ["flash", at.Model, "--port", "tcp:127.0.0.1:1"]),
        ["a port that is not there"] = new(1, "/dev/ttyNONE9: there is no such port", _ => ["device", "info", "--port", "/dev/ttyNONE9"]),
        ["a board without a port"] = new(2, "--port", _ => ["device", "info"]),
        ["an unknown wish"] = new(2, "See 'edgecnn device --help'", _ => ["device", "dance"]),

        ["missing model"] = new(1, "gone.ecnn: there is no such file", _ => ["inspect", "gone.ecnn"]),
        ["folder as model"] = new(1, "is a folder; name the model file", at => ["inspect", at.Folder]),
        ["text as model"] = new(
            1, "this is not an .ecnn model file (byte 0x0)", at => ["inspect", at.Write("text.ecnn", new string('x', 500))]),
        ["empty model"] = new(1, "the file ends too early", at => ["inspect", at.Write("empty.ecnn", "")]),
        ["model of 2 GiB"] = new(1, "large.ecnn: the header", at => ["inspect", at.Sparse("large.ecnn", 2L << 30)]),
        ["zeros for a model"] = new(
            1, "this is not an .ecnn model file", at => ["run", at.Sparse("zeros.ecnn", int.MaxValue), "-i", at.Raw]),
        ["truncated model"] = new(1, "the file ends too early", at => ["selftest", at.Write("short.ecnn", at.ModelBytes()[..^1])]),
        ["damaged model"] = new(1, "a section is damaged", at => ["run", at.Write("damaged.ecnn", at.Damaged()), "-i", at.Raw]),

        ["layers of no name"] = new(2, "'lastt:2' names no layers", at => ["plan-learning", at.Model, "-o", "x.ecnn", "--layers", "lastt:2"]),
        ["RAM in words"] = new(2, "--sram much is not allowed", at => ["plan-learning", at.Model, "-o", "x.ecnn", "--sram", "much"]),
        ["a rate of zero"] = new(2, "--rate 0 is not allowed", at => ["plan-learning", at.Model, "-o", "x.ecnn", "--rate", "0"]),
        ["auto without RAM"] = new(2, "say how much RAM there is", at => ["plan-learning", at.Model, "-o", "x.ecnn", "--layers", "auto"]),
        ["too little RAM"] = new(1, "--sram allows 1,024", at => ["plan-learning", at.Model, "-o", "x.ecnn", "--sram", "1KB"]),
        ["a plan over its model"] = new(1, "which the command reads", at => ["plan-learning", at.Model, "-o", at.Model]),
        ["learning without a plan"] = new(1, "has no plan for learning", at => ["learn", at.Model, "-o", "x.ecdelta"]),
        ["learning for nothing"] = new(2, "Say where the delta goes", at => ["learn", at.Model]),
        ["floats and a delta"] = new(2, "--float writes no delta", at => ["learn", at.Model, "--float", "-o", "x.ecdelta"]),
        ["missing delta"] = new(1, "gone.ecdelta: there is no such file", at => ["run", at.Model, "-i", at.Raw, "--delta", "gone.ecdelta"]),
        ["text as delta"] = new(
            1, "this is not a delta of a model (byte 0x0)", at => ["run", at.Model, "-i", at.Raw, "--delta", at.Write("text.ecdelta", new string('x', 99))]),

        ["missing input"] = new(1, "gone.bin: there is no such file", at => ["run", at.Model, "--input", "gone.bin"]),
        ["folder as input"] = new(1, "is a folder", at => ["run", at.Model, "--input", at.Folder]),
        ["short raw input"] = new(
            1, "783 bytes are not a whole number of tensors", at => ["run", at.Model, "--input", at.Write("a.bin", new byte[783])]),
        ["one and a half inputs"] = new(
            1, "1×28×28×1 int8, 784 bytes each", at => ["run", at.Model, "--input", at.Write("a.bin", new byte[1176])]),
        ["empty raw input"] = new(
            1, "0 bytes are not a whole number of tensors", at => ["run", at.Model, "--input", at.Write("a.bin", "")]),
        ["raw input of 2 GiB"] = new(
            1, "large.bin: 2147483648 bytes are more than can be read", at => ["run", at.Model, "--input", at.Sparse("large.bin", 2L << 30)]),
        ["text as images"] = new(1, "is not the start of an IDX file", at => ["run", at.Model, "--input", at.Write("a.txt", "some text")]),
        ["truncated images"] = new(
            1, "2×28×28 values need 1584 bytes", at => ["run", at.Model, "--input", at.Write("a.idx", RefusalFiles.Images()[..^5])]),
        ["gzip in name only"] = new(1, "a.gz: not compressed", at => ["run", at.Model, "--input", at.Write("a.gz", RefusalFiles.Images())]),
        ["truncated gzip"] = new(
            1, "a.gz: ", at => ["run", at.Model, "--input", at.Write("a.gz", IdxFile.Compressed(RefusalFiles.Images())[..^200])]),
        ["images of another size"] = new(
            1, "the images are 28×27×1, input 'image' is 1×28×28×1",
            at => ["run", at.Model, "--input", at.Write("a.idx", RefusalFiles.Narrow())]),
        ["output in a read-only folder"] = new(
            1, "/proc: can't be written", at => ["run", at.Model, "-i", at.Raw, "-o", "/proc/scores.bin"]),
        ["output below a file"] = new(1, "is a file, not a folder", at => ["run", at.Model, "-i", at.Raw, "-o", at.Raw + "/scores.bin"]),
        ["folder as output"] = new(1, "a folder is in the way", at => ["run", at.Model, "-i", at.Raw, "-o", at.Folder]),
        ["layers below a file"] = new(1, "is a file, not a folder", at => ["run", at.Model, "-i", at.Raw, "--layers", at.Raw + "/layers"]),

        ["missing recipe"] = new(1, "gone.json: there is no such file", _ => ["train", "gone.json"]),
        ["a model that loses too much"] = new(
            1, "most noise (SQNR) is in ", at => ["train", at.Write("gate.json", SmallRecipe.With(
                "\"batch\": 32,",
                """ "batch": 32, "gate": { "drop": 0 }, "quantization": { "method": "percentile", "percentile": 55 },"""))]),
        ["folder as recipe"] = new(1, "is a folder; name the recipe", at => ["train", at.Folder]),
        ["broken JSON"] = new(1, "r.json: line 1", at => ["train", at.Write("r.json", "{ \"name\": ")]),
        ["unknown layer"] = new(1, "network[1]: 'rellu' is not known", at => ["train", at.Recipe("\"relu\"", "\"rellu\"")]),
        ["kernel of nothing"] = new(1, "0 is not allowed; use 1 or more", at => ["train", at.Recipe("\"kernel\": 5", "\"kernel\": 0")]),
        ["kernel larger than the image"] = new(1, "network[2]", at => ["train", at.Recipe("\"kernel\": 4", "\"kernel\": 99")]),
        ["classes and outputs differ"] = new(1, "9 values for 10 classes", at => ["train", at.Recipe("\"units\": 10", "\"units\": 9")]),
        ["more weights than memory"] = new(
            1, "network[0]: the layer is too large", at => ["train", at.Recipe("\"filters\": 4", "\"filters\": 2000000000")]),
        ["activation first"] = new(
            1, "network[0] (relu) is an activation with no operator before it",
            at => ["train", at.Recipe("\"network\": [", "\"network\": [ \"relu\",")]),
        ["training to no number"] = new(1, "Use a smaller rate", at => ["train", at.Recipe("\"rate\": 0.02", "\"rate\": 1e30")]),
        ["data not named"] = new(1, "--data", at => ["train", at.Idx()]),
        ["missing data folder"] = new(1, "gone: there is no such folder", at => ["train", at.Idx(), "--data", "gone"]),
        ["empty data folder"] = new(1, "train-images-idx3-ubyte: not found", at => ["train", at.Idx(), "--data", at.Folder]),
        ["read-only output folder"] = new(1, "/proc/edgecnn: can't be written", at => ["train", at.Small, "--out", "/proc/edgecnn"]),
        ["output folder below a file"] = new(1, "is a file, not a folder", at => ["train", at.Small, "--out", at.Raw + "/out"]),
        ["demo below a file"] = new(1, "is a file, not a folder", at => ["demo", "--out", at.Raw]),

        ["model without float network"] = new(
            1, "alone.ecfloat: there is no such file", at => ["compare", at.Write("alone.ecnn", at.ModelBytes())]),
        ["model as float network"] = new(1, "this is not a float network", at => ["compare", at.Model, "--float", at.Model]),
    };
}
