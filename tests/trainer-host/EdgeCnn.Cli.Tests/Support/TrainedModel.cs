using System;
using System.IO;
using System.Text.Json;
using EdgeCnn.Cli.Tests.Support;
using Xunit;

[assembly: AssemblyFixture(typeof(TrainedModel))]

namespace EdgeCnn.Cli.Tests.Support;

/// <summary>A model that <c>train</c> made once, for all tests that read one.</summary>
public sealed class TrainedModel : IDisposable
{
    private readonly Scratch _scratch = new();

    public TrainedModel()
    {
        string recipe = _scratch.Write("recipe.json", SmallRecipe.Text);
        Outcome outcome = Tool.Run("train", recipe, "--json");
        Assert.True(outcome.ExitCode == 0, outcome.Error);
        (Result, Progress) = (outcome.Json, outcome.Error);
    }

    /// <summary>What <c>train --json</c> printed.</summary>
    public JsonElement Result { get; }

    /// <summary>What it said meanwhile.</summary>
    public string Progress { get; }

    /// <summary>The model file.</summary>
    public string Model => _scratch.At("model.ecnn");

    /// <summary>The float network beside it.</summary>
    public string Float => _scratch.At("model.ecfloat");

    /// <summary>Everything in the recipe's folder after the training.</summary>
    internal string[] Entries => _scratch.Entries;

    /// <summary>The model's bytes, to spoil.</summary>
    public byte[] Bytes() => File.ReadAllBytes(Model);

    public void Dispose() => _scratch.Dispose();
}
