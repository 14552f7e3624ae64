using System;
using System.Runtime.InteropServices;
using EdgeCnn.Benchmarks.SideBySide.Onnx;

namespace EdgeCnn.Benchmarks.SideBySide.OnnxRuntime;

/// <summary>
/// A graph of one input and one output, loaded as ONNX Runtime runs it fastest on one thread: every optimization, operators one after the
/// other, and input and output bound once to memory that stays.
/// </summary>
internal sealed unsafe class OrtSession : IDisposable
{
    private const int AllOptimizations = 99;
    private const int Sequential = 0;
    private const int ArenaAllocator = 1;
    private const int DefaultMemory = 0;
    private const int CacheLine = 64;

    private readonly OrtLibrary _library;
    private readonly void* _session;
    private readonly void* _runOptions;
    private readonly void* _binding;

    /// <summary>Loads a graph.</summary>
    /// <param name="library">Who runs it.</param>
    /// <param name="graph">The bytes of an <c>.onnx</c> file.</param>
    /// <param name="inputType">Element type of its input.</param>
    /// <param name="inputShape">Dimensions of its input.</param>
    /// <param name="outputShape">Dimensions of its output, which is float32.</param>
    /// <param name="optimizedPath">Where to write what the optimizations made of the graph, or null.</param>
    /// <exception cref="OrtException">The library refuses the graph.</exception>
    public OrtSession(
        OrtLibrary library, ReadOnlySpan<byte> graph, OnnxType inputType, long[] inputShape, long[] outputShape, string? optimizedPath)
    {
        _library = library;
        _session = Load(graph, optimizedPath);
        void* runOptions, binding;
        library.Check(library.Api->CreateRunOptions(&runOptions));
        _runOptions = runOptions;
        library.Check(library.Api->CreateBinding(_session, &binding));
        _binding = binding;
        Input = Bind(library.Api->BindInput, OnnxExport.Input, inputType, inputShape);
        Output = Bind(library.Api->BindOutput, OnnxExport.Output, OnnxType.Single, outputShape);
    }

    /// <summary>Where the input's elements are.</summary>
    public void* Input { get; }

    /// <summary>Where the output's elements are.</summary>
    public void* Output { get; }

    /// <summary>Runs the graph.</summary>
    /// <exception cref="OrtException">It fails.</exception>
    public void Run() => _library.Check(_library.Api->RunWithBinding(_session, _runOptions, _binding));

    /// <summary>Releases the session and the memory of its input and output.</summary>
    public void Dispose()
    {
        _library.Api->ReleaseBinding(_binding);
        _library.Api->ReleaseRunOptions(_runOptions);
        _library.Api->ReleaseSession(_session);
        NativeMemory.AlignedFree(Input);
        NativeMemory.AlignedFree(Output);
    }

    private void* Load(ReadOnlySpan<byte> graph, string? optimizedPath)
    {
        OrtApi* api = _library.Api;
        void* options, session;
        _library.Check(api->CreateSessionOptions(&options));
        try
        {
            _library.Check(api->SetIntraOpNumThreads(options, 1));
            _library.Check(api->SetInterOpNumThreads(options, 1));
            _library.Check(api->SetSessionExecutionMode(options, Sequential));
            _library.Check(api->SetSessionGraphOptimizationLevel(options, AllOptimizations));
            if (optimizedPath is not null)
            {
                fixed (byte* path = OrtLibrary.Text(optimizedPath)) _library.Check(api->SetOptimizedModelFilePath(options, path));
            }
            fixed (byte* bytes = graph)
                _library.Check(api->CreateSessionFromArray(_library.Environment, bytes, (nuint)graph.Length, options, &session));
            return session;
        }
        finally
        {
            api->ReleaseSessionOptions(options);
        }
    }

    /// <summary>Allocates a tensor and binds it to a name.</summary>
    private void* Bind(delegate* unmanaged<void*, byte*, void*, void*> bind, string name, OnnxType type, long[] shape)
    {
        OrtApi* api = _library.Api;
        nuint bytes = type == OnnxType.Single ? sizeof(float) : 1u;
        foreach (long size in shape) bytes *= (nuint)size;
        void* data = NativeMemory.AlignedAlloc(bytes, CacheLine), memory, value;
        _library.Check(api->CreateCpuMemoryInfo(ArenaAllocator, DefaultMemory, &memory));
        fixed (long* sizes = shape)
            _library.Check(api->CreateTensorWithData(memory, data, bytes, sizes, (nuint)shape.Length, (int)type, &value));
        api->ReleaseMemoryInfo(memory);
        fixed (byte* text = OrtLibrary.Text(name)) _library.Check(bind(_binding, text, value));
        api->ReleaseValue(value);
        return data;
    }
}
