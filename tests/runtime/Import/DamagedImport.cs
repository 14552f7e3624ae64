using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Threading;
using EdgeCnn.Managed;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Import;
using EdgeCnn.Trainer.Numerics;
using Xunit;

namespace EdgeCnn.Tests.Import;

/// <summary>Damaged files, imported, and what comes out of it run between inaccessible pages.</summary>
internal abstract unsafe class DamagedImport<TInput>(ImportVerdicts verdicts) : FuzzTarget<TInput>
{
    private const int ArenaLimit = 1 << 20, FileLimit = 1 << 20;

    private readonly GuardedMemory _file = new(FileLimit), _arena = new(ArenaLimit);

    /// <summary>Imports a file.</summary>
    protected abstract IntegerModel Import(byte[] file, bool fuse);

    internal override string? Judge(TInput input, ref SplitMix64 random)
    {
        bool fuse = random.Below(2) == 0, atEnd = random.Below(2) == 0;
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            IntegerModel model = Import(Bytes(input), fuse);
            byte[] file = ModelWriter.Write(model);
            verdicts.Allocated(GC.GetAllocatedBytesForCurrentThread() - allocated);
            verdicts.Count(Run(file, atEnd));
            return string.Join(';', model.Operators.Select(op => $"{op.Code} {Convert.ToHexString(op.Own)} {model.Tensors[op.Output].Elements}"));
        }
        catch (Exception reason) when (reason is ImportException or ExportException or ModelException)
        {
            verdicts.Allocated(GC.GetAllocatedBytesForCurrentThread() - allocated);
            Interlocked.Increment(ref verdicts.Refused);
            return null;
        }
#pragma warning disable CA1031 // Whatever else comes is what this search looks for.
        catch (Exception surprise)
#pragma warning restore CA1031
        {
            Interlocked.Increment(ref verdicts.Refused);
            string[] frames = [.. (surprise.StackTrace ?? "").Split('\n')
                .Where(line => line.Contains("EdgeCnn", StringComparison.Ordinal)).Take(3).Select(line => line.Trim())];
            verdicts.Surprises.Add($"{surprise.GetType().Name}: {surprise.Message} {string.Join(" < ", frames)}");
            return null;
        }
    }

    public override void Dispose()
    {
        _file.Dispose();
        _arena.Dispose();
    }

    /// <summary>Verifies the model and runs it once; false when it does not fit the memory here.</summary>
    private bool Run(byte[] model, bool atEnd)
    {
        if (model.Length > FileLimit) return false;
        byte* file = _file.PlaceReadOnly(model, atEnd);
        verdicts.Arena(ModelFile.ArenaBytes(file));
        if (ModelFile.ArenaBytes(file) > ArenaLimit) return false;
        int where = -1;
        Assert.Equal(ModelError.None, ModelCheck.Verify(file, model.Length, ArenaLimit, ref where));
        Interpreter.Run(file, _arena.Place(ModelFile.ArenaBytes(file), atEnd));
        return true;
    }
}

/// <summary>What became of the files that all threads tried.</summary>
internal sealed class ImportVerdicts
{
    /// <summary>Bytes that an import of a small file may allocate in all, short-lived ones included: tables for the 2²⁴ places that an
    /// axis may have, a few times over.</summary>
    internal const long ByteLimit = 256 << 20;

    /// <summary>Bytes of an arena, whatever the file: all activations and the scratch of an operator.</summary>
    internal const long ArenaLimit = (256 << 20) + (64 << 20);

    internal int Refused, Ran, TooLarge;

    private readonly Lock _gate = new();

    /// <summary>Exceptions that say nothing about the file.</summary>
    internal ConcurrentBag<string> Surprises { get; } = [];

    /// <summary>The most that an import allocated on the managed heap.</summary>
    internal long MostBytes { get; private set; }

    /// <summary>The largest arena of an accepted file.</summary>
    internal long LargestArena { get; private set; }

    internal void Count(bool ran) => Interlocked.Increment(ref ran ? ref Ran : ref TooLarge);

    internal void Allocated(long bytes)
    {
        lock (_gate) MostBytes = Math.Max(MostBytes, bytes);
    }

    internal void Arena(long bytes)
    {
        lock (_gate) LargestArena = Math.Max(LargestArena, bytes);
    }

    /// <summary>Nothing surprising, nothing beyond its bounds, and both verdicts often enough for the search to mean something.</summary>
    /// <param name="inputs">How many files were tried.</param>
    /// <param name="leastRan">Share that must have run: 1 of so many.</param>
    internal void Check(int inputs, int leastRan)
    {
        Assert.True(Surprises.IsEmpty, string.Join(Environment.NewLine, Surprises.Distinct()));
        Assert.Equal(inputs, Refused + Ran + TooLarge);
        Assert.InRange(Refused, inputs / 10, inputs);
        Assert.InRange(Ran, inputs / leastRan, inputs);
        Assert.InRange(MostBytes, 1, ByteLimit);
        Assert.InRange(LargestArena, 1, ArenaLimit);
    }

    public override string ToString() => $"{Refused} refused, {Ran} ran, {TooLarge} accepted but too large to run here; "
        + $"at most {MostBytes >> 10} KiB allocated by an import, arenas of at most {LargestArena >> 10} KiB";
}
