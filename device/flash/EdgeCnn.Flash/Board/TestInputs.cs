using System;
using EdgeCnn.Managed;

namespace EdgeCnn.Flash.Board;

/// <summary>Inputs that a host and a board both know without a file.</summary>
public static unsafe class TestInputs
{
    private const uint AnySeed = 1;

    /// <summary>Fills a model's inputs as its own test does.</summary>
    public static void Fill(EdgeModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        SelfTest.FillInputs(model.ModelPointer, model.ArenaPointer, model.Info.HasTest ? SelfTest.Seed(model.ModelPointer) : AnySeed);
    }
}
