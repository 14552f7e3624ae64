using System;
using System.Collections.Generic;
using System.Threading;
using EdgeCnn.Trainer.Numerics;

namespace EdgeCnn.Tests.Model;

/// <summary>
/// Damaged model files, verified and run between inaccessible pages.
/// </summary>
/// <param name="largest">Bytes of the largest undamaged file.</param>
/// <param name="arenaLimit">Bytes of the largest arena that is offered.</param>
/// <param name="learningLimit">Bytes behind it for learning; a file that wants more only runs.</param>
/// <param name="counts">Number of files by verdict; shared by the threads.</param>
internal sealed unsafe class DamagedFile(int largest, int arenaLimit, int learningLimit, int[] counts) : FuzzTarget<byte[]>
{
    private const int LearningSteps = 3;

    private readonly GuardedMemory _file = new(largest), _arena = new(arenaLimit + learningLimit);

    internal override byte[] Bytes(byte[] input) => input;

    internal override byte[] Damage(byte[] parent, ref SplitMix64 random) => Mutation.Of(parent, ref random);

    internal override string? Judge(byte[] input, ref SplitMix64 random)
    {
        bool atEnd = random.Below(2) == 0;
        int arenaLength = random.Below(8) == 0 ? random.Below(arenaLimit) : arenaLimit;
        byte* file = _file.PlaceReadOnly(input, atEnd);
        // .NET itself may allocate where a method or a type is used for the first time and another thread is at the same; our code would
        // do so every time.
        if (Allocates(file, input.Length, arenaLength, atEnd, out ModelError error)
            && Allocates(file, input.Length, arenaLength, atEnd, out error))
            throw new InvalidOperationException("checking and running must not allocate");
        Interlocked.Increment(ref counts[(int)error]);
        return error == ModelError.None ? Describe(file) : null;
    }

    /// <summary>Checks a file and runs what is accepted; whether the thread allocated anything meanwhile.</summary>
    private bool Allocates(byte* file, int length, int arenaLength, bool atEnd, out ModelError error)
    {
        int where = -1;
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        error = ModelCheck.Verify(file, length, arenaLength, ref where);
        if (error == ModelError.None) Run(file, atEnd);
        else if (where < 0 || where > length) throw new InvalidOperationException($"{error} at {where}, outside the file");
        return GC.GetAllocatedBytesForCurrentThread() != allocated;
    }

    /// <summary>Runs a file that was accepted, or lets it learn.</summary>
    private void Run(byte* file, bool atEnd)
    {
        int arenaBytes = ModelFile.ArenaBytes(file);
        if (ModelFile.LearningBytes(file) == 0 || ModelFile.LearningBytes(file) > learningLimit)
        {
            Interpreter.Run(file, _arena.Place(arenaBytes, atEnd));
            return;
        }
        // Weights that are packed for a tile move in the file's memory.
        _file.Protect(readOnly: false);
        byte* arena = _arena.Place(arenaBytes + ModelFile.LearningBytes(file), atEnd);
        Learner.Reset(file, arena);
        for (int label = 0; label < LearningSteps; label++)
        {
            LearnState.SetLabel(file, arena, label - 1);
            Learner.Step(file, arena);
        }
        Learner.Run(file, arena);
    }

    public override void Dispose()
    {
        _file.Dispose();
        _arena.Dispose();
    }

    /// <summary>The operators, their forms and own fields, and how large their outputs are.</summary>
    private static string Describe(byte* file)
    {
        var words = new List<string>();
        for (int i = 0; i < ModelFile.OperatorCount(file); i++)
        {
            int op = ModelFile.Operator(file, i), elements = TensorRecord.Elements(file, OperatorRecord.Output(file, op));
            var own = new ReadOnlySpan<byte>(file + op + OperatorRecord.OwnAt, OperatorRecord.Bytes - OperatorRecord.OwnAt);
            words.Add($"{OperatorRecord.Code(file, op)} {file[op + OperatorRecord.FlagsAt]} {Convert.ToHexString(own)} {int.Log2(elements)}");
        }
        return string.Join(';', words);
    }
}
