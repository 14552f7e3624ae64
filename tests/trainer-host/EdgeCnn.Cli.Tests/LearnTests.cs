using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using EdgeCnn.Cli.Tests.Support;
using Xunit;

namespace EdgeCnn.Cli.Tests;

public class LearnTests(TrainedModel trained)
{
    [Fact]
    public void A_plan_states_what_learns_and_the_memory_it_takes()
    {
        using var scratch = new Scratch();
        JsonElement plan = Tool.Run("plan-learning", trained.Model, "-o", scratch.At("learning.ecnn"), "--layers", "last:1", "--json").Json;
        JsonElement memory = plan.GetProperty("memory");
        JsonElement layer = Assert.Single(memory.GetProperty("layers").EnumerateArray());
        Assert.Equal("FullyConnected", layer.GetProperty("name").GetString());
        int[] parts = [.. ((string[])["inferenceBytes", "lastingBytes", "passingBytes"]).Select(name => memory.GetProperty(name).GetInt32())];
        Assert.Equal(parts.Sum(), memory.GetProperty("totalBytes").GetInt32());

        JsonElement inspected = Tool.Run("inspect", scratch.At("learning.ecnn"), "--json").Json;
        Assert.Equal(parts[1] + parts[2], inspected.GetProperty("learningBytes").GetInt32());
        Assert.Contains("persistent", Tool.Run("plan-learning", trained.Model, "-o", scratch.At("again.ecnn")).Output);
        Assert.Contains("way back", Tool.Run("inspect", scratch.At("learning.ecnn")).Output);
    }

    [Fact]
    public void The_exact_memory_is_enough_and_a_byte_less_is_not()
    {
        using var scratch = new Scratch();
        string output = scratch.At("learning.ecnn");
        int total = Tool.Run("plan-learning", trained.Model, "-o", output, "--json").Json.GetProperty("memory").GetProperty("totalBytes").GetInt32();
        Assert.Equal(0, Tool.Run("plan-learning", trained.Model, "-o", output, "--sram", $"{total}").ExitCode);
        Outcome refused = Tool.Run("plan-learning", trained.Model, "-o", scratch.At("none.ecnn"), "--sram", $"{total - 1}");
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains(FormattableString.Invariant($"takes {total:n0} bytes"), refused.Error);
        Assert.False(File.Exists(scratch.At("none.ecnn")));
    }

    [Fact]
    public void Auto_chooses_what_fits()
    {
        using var scratch = new Scratch();
        string model = WithFloat(scratch);
        int all = Tool.Run("plan-learning", model, "-o", scratch.At("all.ecnn"), "--json").Json.GetProperty("memory").GetProperty("totalBytes").GetInt32();
        JsonElement plan = Tool.Run(
            "plan-learning", model, "-o", scratch.At("auto.ecnn"), "--layers", "auto", "--sram", $"{all - 100}", "--json").Json;
        Assert.InRange(plan.GetProperty("memory").GetProperty("totalBytes").GetInt32(), 1, all - 100);
        Assert.NotEmpty(plan.GetProperty("gains").EnumerateArray());
    }

    [Fact]
    public void What_is_learned_is_a_delta_that_run_takes()
    {
        using var scratch = new Scratch();
        string model = Planned(scratch), delta = scratch.At("learned.ecdelta"), raw = scratch.Write("zero.bin", new byte[784]);
        JsonElement learned = Tool.Run("learn", model, "--steps", "60", "-o", delta, "--json").Json;
        Assert.Equal(new FileInfo(delta).Length, learned.GetProperty("deltaBytes").GetInt64());
        Assert.Equal(11, learned.GetProperty("curve").GetArrayLength());
        byte[] first = File.ReadAllBytes(delta);
        Assert.Equal(0, Tool.Run("learn", model, "--steps", "60", "-o", delta).ExitCode);
        Assert.Equal(first, File.ReadAllBytes(delta));

        string before = Tool.Run("run", model, "-i", raw, "--json").Output;
        Assert.NotEqual(before, Tool.Run("run", model, "-i", raw, "--delta", delta, "--json").Output);
        Outcome other = Tool.Run("run", trained.Model, "-i", raw, "--delta", delta);
        Assert.Equal(1, other.ExitCode);
        Assert.Contains("another model", other.Error);
    }

    [Fact]
    public void Floats_learn_the_same_and_the_curves_are_drawn()
    {
        using var scratch = new Scratch();
        string model = Planned(scratch), chart = scratch.At("curves.svg");
        JsonElement twin = Tool.Run("learn", model, "--steps", "40", "--float", "--json").Json;
        Assert.Equal(JsonValueKind.Null, twin.GetProperty("delta").ValueKind);
        JsonElement both = Tool.Run("compare", model, "--learn", chart, "--steps", "40", "--images", "50", "--json").Json.GetProperty("learning");
        Assert.Equal(11, both.GetProperty("integer").GetArrayLength());
        Assert.Equal(11, both.GetProperty("float").GetArrayLength());
        Assert.Contains("integer", File.ReadAllText(chart));
    }

    private string Planned(Scratch scratch)
    {
        string model = WithFloat(scratch), planned = scratch.At("learning.ecnn");
        Assert.Equal(0, Tool.Run("plan-learning", model, "-o", planned, "--rate", "0.02").ExitCode);
        File.Copy(trained.Float, scratch.At("learning.ecfloat"));
        return planned;
    }

    /// <summary>The model and the float network, whose recipe says where samples come from.</summary>
    private string WithFloat(Scratch scratch)
    {
        File.Copy(trained.Float, scratch.At("model.ecfloat"));
        return scratch.Write("model.ecnn", trained.Bytes());
    }
}
