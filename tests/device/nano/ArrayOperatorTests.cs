using System.Collections.Generic;
using System.Linq;
using EdgeCnn.Tests;
using Xunit;

namespace EdgeCnn.Device.Tests;

/// <summary>Every operator, over random shapes, scales and zero points: the array build gives the hashes that the desktop has written into
/// the files.</summary>
public sealed class ArrayOperatorTests
{
    private const int Draws = 20;

    [Fact]
    public void Every_operator_hashes_as_in_the_pointer_build()
    {
        var runtime = new ArrayRuntime();
        var codes = new HashSet<int>();
        int files = 0;
        foreach ((string name, int code, byte[] file) in Enumerable.Range(1, Draws).SelectMany(seed => Files((ulong)seed)))
        {
            byte[] arena = runtime.CreateArena(file);
            Assert.True(runtime.Verify(file, arena.Length, out int where) == ModelError.None, $"{name} is refused at {where}");
            Assert.True(runtime.RunSelfTest(file, arena) == SelfTest.Passed, $"{name} hashes differently");
            codes.Add(code);
            files++;
        }
        Assert.Equal(Enumerable.Range(0, 256).Where(OperatorTable.IsBuiltIn), codes.Order());
        Measured.Note($"array build: {files} models of one operator, {codes.Count} operators, hashes equal to the desktop's");
    }

    private static IEnumerable<(string Name, int Code, byte[] File)> Files(ulong seed) =>
    [
        .. OperatorCase.All(seed).Select(test => (test.Name, test.Model.Operators[0].Code, test.File)),
        .. OperatorSample.All(seed).Select(sample => (sample.Name, sample.Model.Operators[0].Code, sample.File)),
    ];
}
