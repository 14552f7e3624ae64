using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace EdgeCnn.Tests;

/// <summary>Verifies models and runs them once, file and arena between inaccessible pages.</summary>
internal sealed unsafe class GuardedRun : IDisposable
{
    private const int ArenaLimit = 1 << 20, FileLimit = 1 << 20;

    private readonly GuardedMemory _file = new(FileLimit), _arena = new(ArenaLimit);

    /// <summary>False when the model does not fit the memory here.</summary>
    /// <param name="model">The file.</param>
    /// <param name="atEnd">Whether the pages that it touches are behind it, and not before.</param>
    internal bool Try(byte[] model, bool atEnd)
    {
        if (model.Length > FileLimit) return false;
        byte* file = _file.PlaceReadOnly(model, atEnd);
        if (ModelFile.ArenaBytes(file) > ArenaLimit) return false;
        int where = -1;
        Assert.Equal(ModelError.None, ModelCheck.Verify(file, model.Length, ArenaLimit, ref where));
        Interpreter.Run(file, _arena.Place(ModelFile.ArenaBytes(file), atEnd));
        return true;
    }

    /// <summary>Where a failure came from, in this project's code.</summary>
    internal static IEnumerable<string> Frames(Exception failure) => (failure.StackTrace ?? "").Split('\n')
        .Where(line => line.Contains("EdgeCnn", StringComparison.Ordinal)).Take(3).Select(line => line.Trim());

    /// <inheritdoc/>
    public void Dispose()
    {
        _file.Dispose();
        _arena.Dispose();
    }
}
