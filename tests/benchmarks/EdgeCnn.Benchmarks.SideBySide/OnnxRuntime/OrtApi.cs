using System.Runtime.InteropServices;
using unsafe Binding = void*;
using unsafe Environment = void*;
using unsafe MemoryInfo = void*;
using unsafe Options = void*;
using unsafe RunOptions = void*;
using unsafe Session = void*;
using unsafe Status = void*;
using unsafe Text = byte*;
using unsafe Value = void*;

namespace EdgeCnn.Benchmarks.SideBySide.OnnxRuntime;

/// <summary>
/// The functions of <c>OrtApi</c> (onnxruntime_c_api.h) that are used here, each at its place in that table, which never changes. A
/// status is null, or an error that must be released. Texts are UTF-8 and end with a zero.
/// </summary>
[StructLayout(LayoutKind.Explicit)]
internal readonly unsafe struct OrtApi
{
    /// <summary>The version that these functions belong to; later libraries have it as well.</summary>
    public const uint Version = 8;

    private const int Pointer = 8;

    [FieldOffset(2 * Pointer)] public readonly delegate* unmanaged<Status, Text> GetErrorMessage;

    /// <summary>(logging level, log's name, out environment)</summary>
    [FieldOffset(3 * Pointer)] public readonly delegate* unmanaged<int, Text, Environment*, Status> CreateEnvironment;

    /// <summary>(environment, model, bytes of it, options, out session)</summary>
    [FieldOffset(8 * Pointer)]
    public readonly delegate* unmanaged<Environment, byte*, nuint, Options, Session*, Status> CreateSessionFromArray;

    [FieldOffset(10 * Pointer)] public readonly delegate* unmanaged<Options*, Status> CreateSessionOptions;
    [FieldOffset(11 * Pointer)] public readonly delegate* unmanaged<Options, Text, Status> SetOptimizedModelFilePath;
    [FieldOffset(13 * Pointer)] public readonly delegate* unmanaged<Options, int, Status> SetSessionExecutionMode;
    [FieldOffset(23 * Pointer)] public readonly delegate* unmanaged<Options, int, Status> SetSessionGraphOptimizationLevel;
    [FieldOffset(24 * Pointer)] public readonly delegate* unmanaged<Options, int, Status> SetIntraOpNumThreads;
    [FieldOffset(25 * Pointer)] public readonly delegate* unmanaged<Options, int, Status> SetInterOpNumThreads;
    [FieldOffset(39 * Pointer)] public readonly delegate* unmanaged<RunOptions*, Status> CreateRunOptions;

    /// <summary>(kind of memory, data, bytes of it, shape, rank, element type, out value)</summary>
    [FieldOffset(49 * Pointer)]
    public readonly delegate* unmanaged<MemoryInfo, void*, nuint, long*, nuint, int, Value*, Status> CreateTensorWithData;

    /// <summary>(allocator, memory type, out kind of memory)</summary>
    [FieldOffset(69 * Pointer)] public readonly delegate* unmanaged<int, int, MemoryInfo*, Status> CreateCpuMemoryInfo;

    [FieldOffset(92 * Pointer)] public readonly delegate* unmanaged<Environment, void> ReleaseEnvironment;
    [FieldOffset(93 * Pointer)] public readonly delegate* unmanaged<Status, void> ReleaseStatus;
    [FieldOffset(94 * Pointer)] public readonly delegate* unmanaged<MemoryInfo, void> ReleaseMemoryInfo;
    [FieldOffset(95 * Pointer)] public readonly delegate* unmanaged<Session, void> ReleaseSession;
    [FieldOffset(96 * Pointer)] public readonly delegate* unmanaged<Value, void> ReleaseValue;
    [FieldOffset(97 * Pointer)] public readonly delegate* unmanaged<RunOptions, void> ReleaseRunOptions;
    [FieldOffset(100 * Pointer)] public readonly delegate* unmanaged<Options, void> ReleaseSessionOptions;
    [FieldOffset(133 * Pointer)] public readonly delegate* unmanaged<Session, RunOptions, Binding, Status> RunWithBinding;
    [FieldOffset(134 * Pointer)] public readonly delegate* unmanaged<Session, Binding*, Status> CreateBinding;
    [FieldOffset(135 * Pointer)] public readonly delegate* unmanaged<Binding, void> ReleaseBinding;
    [FieldOffset(136 * Pointer)] public readonly delegate* unmanaged<Binding, Text, Value, Status> BindInput;
    [FieldOffset(137 * Pointer)] public readonly delegate* unmanaged<Binding, Text, Value, Status> BindOutput;
}
