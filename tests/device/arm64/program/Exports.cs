using System.Runtime;

namespace EdgeCnn.Device;

/// <summary>The runtime's functions for main.c. There is no clock: nothing is timed in an emulator.</summary>
internal static unsafe class Exports
{
    [RuntimeExport("edgecnn_verify")]
    private static int Verify(byte* model, int length)
    {
        int where = 0;
        return (int)ModelCheck.Verify(model, length, int.MaxValue, ref where);
    }

    [RuntimeExport("edgecnn_arena_bytes")]
    private static int ArenaBytes(byte* model) => ModelFile.ArenaBytes(model);

    [RuntimeExport("edgecnn_operators")]
    private static int Operators(byte* model) => ModelFile.OperatorCount(model);

    [RuntimeExport("edgecnn_self_test")]
    private static int RunSelfTest(byte* model, byte* arena, byte* report) => SelfTest.Run(model, arena, report, 0);
}
