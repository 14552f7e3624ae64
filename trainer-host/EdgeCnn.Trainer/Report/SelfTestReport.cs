using System;
using System.Collections.Generic;
using EdgeCnn.Managed;

namespace EdgeCnn.Trainer.Report;

/// <summary>One operator of a model's self-test.</summary>
/// <param name="Operator">The operator.</param>
/// <param name="Hash">Hash of its output here.</param>
/// <param name="Expected">The hash that the file states.</param>
public sealed record OperatorTest(OperatorInfo Operator, ulong Hash, ulong Expected)
{
    /// <summary>Whether this computer gives the expected bits.</summary>
    public bool Passed => Hash == Expected;
}

/// <summary>
/// The self-test of a model file, operator by operator, where <see cref="EdgeModel.RunSelfTest"/> names only the first that differs.
/// </summary>
public static unsafe class SelfTestReport
{
    /// <summary>Runs the test.</summary>
    /// <exception cref="InvalidOperationException">The file carries no test.</exception>
    public static IReadOnlyList<OperatorTest> Run(EdgeModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        byte* file = model.ModelPointer;
        if (!model.Info.HasTest) throw new InvalidOperationException("the model carries no TEST section");
        SelfTest.FillInputs(file, model.ArenaPointer, SelfTest.Seed(file));
        ProbeEntry[] found = model.RunProbed();
        var tests = new OperatorTest[found.Length];
        for (int i = 0; i < tests.Length; i++)
            tests[i] = new OperatorTest(model.Operators[i], found[i].Hash, SelfTest.Expected(file, i));
        return tests;
    }
}
