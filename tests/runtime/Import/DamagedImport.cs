using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Threading;
using EdgeCnn.Managed;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Import;
using EdgeCnn.Trainer.Import.Tflite;
using EdgeCnn.Trainer.Numerics;
using Xunit;

namespace EdgeCnn.Tests.Import;

/// <summary>Damaged TensorFlow Lite files, imported, and what comes out of it run between inaccessible pages.</summary>
internal sealed unsafe class DamagedImport(ImportVerdicts verdicts) : FuzzTarget<TfliteMutation>
{
    /// <summary>Bytes that an import of a small file may allocate in all, short-lived ones included: tables for the 2²⁴ places that an
    /// axis may have, a few times over.</summary>
    internal const long MostBytes = 256 << 20;

    /// <summary>Bytes of an arena, whatever the file: all activations and the scratch of an operator.</summary>
    internal const long LargestArena = (256 << 20) + (64 << 20);

    private const int ArenaLimit = 1 << 20, FileLimit = 1 << 20;

    private readonly GuardedMemory _file = new(FileLimit), _arena = new(ArenaLimit);

    internal override byte[] Bytes(TfliteMutation input) => input.File;

    internal override TfliteMutation Damage(TfliteMutation parent, ref SplitMix64 random) => parent.Next(ref random);

    internal override string? Judge(TfliteMutation input, ref SplitMix64 random)
    {
        bool fuse = random.Below(2) == 0, atEnd = random.Below(2) == 0;
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            IntegerModel model = TfliteImporter.Import(input.File, fuse);
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

    public override string ToString() => $"{Refused} refused, {Ran} ran, {TooLarge} accepted but too large to run here; "
        + $"at most {MostBytes >> 10} KiB allocated by an import, arenas of at most {LargestArena >> 10} KiB";
}
