using System;
using System.Runtime;
using System.Runtime.CompilerServices;

namespace EdgeCnn.Device;

/// <summary>
/// Learns the samples of the file samples.bin on the host (each the input's bytes and a byte for its class) one after the other, and prints
/// <c>samples 1000 right 912 hash 0123456789abcdef</c>: how many it knew before it learned them, and the hash of everything learned. The
/// exit code is 0, or 1 after a line that says what is wrong.
/// </summary>
internal static unsafe class Program
{
    [RuntimeExport("main")]
    private static int Main()
    {
        byte* model = ModelBegin(), arena = FreeMemory.First;
        int where = 0, bytes = (int)(ModelEnd() - ModelBegin());
        ModelError error = ModelCheck.Verify(model, bytes, FreeMemory.Bytes, ref where);
        if (error != ModelError.None) return Fail("model refused: error "u8, (int)error, " at byte "u8, where);
        if (!LearnFile.Exists(model)) return Fail("the model has no LEARN section\n"u8);
        int needed = ModelFile.ArenaBytes(model) + ModelFile.LearningBytes(model);
        if (needed > FreeMemory.Bytes) return Fail("learning needs "u8, needed, " bytes of "u8, FreeMemory.Bytes);
        int file = Semihosting.OpenToRead("samples.bin"u8);
        if (file < 0) return Fail("there is no samples.bin\n"u8);
        Learn(model, arena, file);
        return 0;
    }

    private static void Learn(byte* model, byte* arena, int file)
    {
        int input = IORecord.Input(model, 0), place = TensorRecord.ArenaOffset(model, input), length = TensorRecord.ByteCount(model, input);
        int samples = 0, right = 0, label = 0;
        Learner.Reset(model, arena);
        while (Semihosting.Read(file, arena + place, length) && Semihosting.Read(file, (byte*)&label, 1))
        {
            LearnState.SetLabel(model, arena, label);
            Learner.Step(model, arena);
            samples++;
            if (LearnState.Answer(model, arena) == label) right++;
        }
        Semihosting.Write("samples "u8);
        Semihosting.Write(samples);
        Semihosting.Write(" right "u8);
        Semihosting.Write(right);
        Semihosting.Write(" hash "u8);
        Semihosting.WriteHex(Learner.Hash(model, arena), 16);
        Semihosting.Write("\n"u8);
    }

    private static int Fail(ReadOnlySpan<byte> what)
    {
        Semihosting.Write(what);
        return 1;
    }

    private static int Fail(ReadOnlySpan<byte> what, int first, ReadOnlySpan<byte> and, int second)
    {
        Semihosting.Write(what);
        Semihosting.Write(first);
        Semihosting.Write(and);
        Semihosting.Write(second);
        Semihosting.Write("\n"u8);
        return 1;
    }

    [RuntimeImport("*", "model_begin_address"), MethodImpl(MethodImplOptions.InternalCall)]
    private static extern byte* ModelBegin();

    [RuntimeImport("*", "model_end_address"), MethodImpl(MethodImplOptions.InternalCall)]
    private static extern byte* ModelEnd();
}
