using System;
using System.Runtime;

namespace EdgeCnn.Device;

/// <summary>
/// Runs the model in flash over the inputs in flash, or over its own TEST section when there are none, and prints a hash per operator:
/// <c>input 0 operator 3 hash 0123456789abcdef</c>; at the end how deep the stack was, <c>stack 1024 bytes</c>. The exit code is 0, or 1
/// after a line that says what is wrong.
/// </summary>
internal static unsafe class Program
{
    [RuntimeExport("main")]
    private static int Main()
    {
        Clock.Start();
        Stack.Paint();
        byte* model = Flash.Model, arena = FreeMemory.First;
        int where = 0;
        ModelError error = ModelCheck.Verify(model, Flash.ModelBytes, FreeMemory.Bytes, ref where);
        if (error != ModelError.None)
            return Fail("model refused: error "u8, (int)error, " at byte "u8, where, " (the numbers are those of ModelError)\n"u8);

        int reportAt = (ModelFile.ArenaBytes(model) + 7) & ~7;
        int needed = reportAt + ModelFile.OperatorCount(model) * Probe.EntryBytes;
        if (needed > FreeMemory.Bytes)
            return Fail("arena and report need "u8, needed, " bytes, the board has "u8, FreeMemory.Bytes, "\n"u8);
        byte* report = arena + reportAt;
        return Flash.InputsBytes == 0 ? RunTestSection(model, arena, report) : RunInputs(model, arena, report);
    }

    private static int RunTestSection(byte* model, byte* arena, byte* report)
    {
        int result = SelfTest.Run(model, arena, report, 0);
        if (result == SelfTest.NoTest)
        {
            Semihosting.Write("nothing to run: the model has no TEST section and no inputs were linked in\n"u8);
            return 1;
        }
        Print(model, report, 0);
        if (result == SelfTest.Passed) return Done();
        Semihosting.Write("the hash of operator "u8);
        Semihosting.Write(result);
        Semihosting.Write(" is not the one in the TEST section\n"u8);
        return 1;
    }

    private static int RunInputs(byte* model, byte* arena, byte* report)
    {
        int count = IORecord.InputCount(model), setBytes = 0;
        for (int i = 0; i < count; i++) setBytes += TensorRecord.ByteCount(model, IORecord.Input(model, i));
        if (Flash.InputsBytes % setBytes != 0)
            return Fail("the inputs file must be a multiple of "u8, setBytes, " bytes, and has "u8, Flash.InputsBytes, "\n"u8);
        for (int set = 0, from = 0; from < Flash.InputsBytes; set++)
        {
            for (int i = 0; i < count; i++)
            {
                int tensor = IORecord.Input(model, i), bytes = TensorRecord.ByteCount(model, tensor);
                Memory.Copy(Flash.Inputs, from, arena, TensorRecord.ArenaOffset(model, tensor), bytes);
                from += bytes;
            }
            Probe.Run(model, arena, report, 0);
            Print(model, report, set);
        }
        return Done();
    }

    private static int Done()
    {
        Semihosting.Write("stack "u8);
        Semihosting.Write(Stack.UsedBytes());
        Semihosting.Write(" bytes\n"u8);
        return 0;
    }

    private static void Print(byte* model, byte* report, int set)
    {
        int count = ModelFile.OperatorCount(model);
        for (int i = 0; i < count; i++)
        {
            Semihosting.Write("input "u8);
            Semihosting.Write(set);
            Semihosting.Write(" operator "u8);
            Semihosting.Write(i);
            Semihosting.Write(" hash "u8);
            Semihosting.WriteHex(Probe.Hash(report, i * Probe.EntryBytes), 16);
            Semihosting.Write("\n"u8);
        }
    }

    private static int Fail(ReadOnlySpan<byte> what, int first, ReadOnlySpan<byte> and, int second, ReadOnlySpan<byte> end)
    {
        Semihosting.Write(what);
        Semihosting.Write(first);
        Semihosting.Write(and);
        Semihosting.Write(second);
        Semihosting.Write(end);
        return 1;
    }
}
