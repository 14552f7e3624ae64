using System.Runtime;

namespace EdgeCnn.Device;

/// <summary>The runtime for C: the functions of <c>include/edgecnn.h</c>, which says what they do.</summary>
internal static unsafe class Exports
{
    [RuntimeExport("edgecnn_verify")]
    private static int Verify(byte* model, int bytes, int arenaBytes, int* where)
    {
        int at = 0;
        int error = (int)ModelCheck.Verify(model, bytes, arenaBytes, ref at);
        if (where != null) *where = at;
        return error;
    }

    [RuntimeExport("edgecnn_arena_bytes")]
    private static int ArenaBytes(byte* model) => ModelFile.ArenaBytes(model);

    [RuntimeExport("edgecnn_learning_bytes")]
    private static int LearningBytes(byte* model) => LearnFile.Exists(model) ? ModelFile.LearningBytes(model) : 0;

    [RuntimeExport("edgecnn_input_count")]
    private static int InputCount(byte* model) => IORecord.InputCount(model);

    [RuntimeExport("edgecnn_output_count")]
    private static int OutputCount(byte* model) => IORecord.OutputCount(model);

    [RuntimeExport("edgecnn_input")]
    private static byte* Input(byte* model, byte* arena, int index) =>
        arena + TensorRecord.ArenaOffset(model, IORecord.Input(model, index));

    [RuntimeExport("edgecnn_output")]
    private static byte* Output(byte* model, byte* arena, int index) =>
        arena + TensorRecord.ArenaOffset(model, IORecord.Output(model, index));

    [RuntimeExport("edgecnn_input_bytes")]
    private static int InputBytes(byte* model, int index) => TensorRecord.ByteCount(model, IORecord.Input(model, index));

    [RuntimeExport("edgecnn_output_bytes")]
    private static int OutputBytes(byte* model, int index) => TensorRecord.ByteCount(model, IORecord.Output(model, index));

    [RuntimeExport("edgecnn_run")]
    private static void Run(byte* model, byte* arena) => Interpreter.Run(model, arena);

    [RuntimeExport("edgecnn_learn_reset")]
    private static void LearnReset(byte* model, byte* arena) => Learner.Reset(model, arena);

    [RuntimeExport("edgecnn_learn")]
    private static int Learn(byte* model, byte* arena, int label)
    {
        LearnState.SetLabel(model, arena, label);
        Learner.Step(model, arena);
        return LearnState.Answer(model, arena);
    }

    [RuntimeExport("edgecnn_run_learned")]
    private static void RunLearned(byte* model, byte* arena) => Learner.Run(model, arena);

    [RuntimeExport("edgecnn_learn_hash")]
    private static ulong LearnHash(byte* model, byte* arena) => Learner.Hash(model, arena);

    [RuntimeExport("edgecnn_delta_write")]
    private static int DeltaWrite(byte* model, byte* arena, byte* delta, int room) => Delta.Write(model, model, arena, delta, room);

    [RuntimeExport("edgecnn_delta_verify")]
    private static int DeltaVerify(byte* model, byte* delta, int bytes, int* where)
    {
        int at = 0;
        int error = (int)DeltaCheck.Verify(model, delta, bytes, ref at);
        if (where != null) *where = at;
        return error;
    }

    [RuntimeExport("edgecnn_delta_apply")]
    private static void DeltaApply(byte* model, byte* arena, byte* delta) => Delta.Apply(model, arena, delta);
}
