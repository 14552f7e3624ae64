using System;
using System.Collections.Generic;
using System.IO;
using System.Runtime.InteropServices;

namespace EdgeCnn.Managed;

/// <summary>
/// A model, ready to run: the file (mapped or copied), its arena, and spans over its inputs and outputs. Allocates when it opens, and
/// never while it runs. One thread at a time; a batch of images may share threads of the model's own (<see cref="RunBatch"/>).
/// </summary>
/// <example><code>
/// using EdgeModel model = EdgeModel.Open("lenet5.ecnn");
/// model.SetPixels(image);                       // 28 · 28 bytes; the file says how they become integers
/// model.Run();
/// Console.WriteLine(model.Outputs[0].Labels[model.BestClass]);
/// </code></example>
public sealed unsafe partial class EdgeModel : IDisposable
{
    private readonly ModelMemory _file;
    private readonly ModelMemory _program;
    private readonly ModelMemory _arena;
    private readonly BatchImage _image;
    private readonly BatchThreads _threads;
    private readonly bool _learns;

    private EdgeModel(ModelMemory file, string source, ModelOptions options)
    {
        int tile = options.Tile;
        _file = _program = file;
        TileName = TileChoice.Name(tile);
        try
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(options.Threads, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Threads, ModelOptions.MaxThreads);
            Verify(file, source);
            if (options.PublicKey is { } key) Signature.Require(file.Pointer, source, key);
            if (options.Learns && !LearnFile.Exists(file.Pointer))
                throw new InvalidOperationException($"{source} carries no LEARN section; add one with 'edgecnn plan-learning'");
            if (options.Deltas.Count > 0)
            {
                ModelMemory merged = Merged(file, source, options);
                file.Dispose();
                _file = _program = file = merged;
            }
            if (tile != TileCode.Portable)
            {
                _program = Lowering.Of(file.Pointer, tile, learns: options.Learns);
                Verify(_program, $"{source}, lowered for {TileChoice.Name(tile)}");
            }
            _learns = options.Learns;
            _arena = ModelMemory.Allocate(ModelFile.ArenaBytes(_program.Pointer) + (_learns ? ModelFile.LearningBytes(_program.Pointer) : 0));
            if (_learns) Learner.Reset(_program.Pointer, _arena.Pointer, file.Pointer);
            if (_learns && options.Rehearsal is { } rehearsal) _rehearsal = new RehearsalMemory(_program.Pointer, _arena.Pointer, rehearsal);
            Inputs = TensorInfo.ReadInputs(file.Pointer);
            Outputs = TensorInfo.ReadOutputs(file.Pointer);
            Operators = OperatorInfo.ReadAll(file.Pointer);
            Info = ModelInfo.Read(file.Pointer);
            _image = new BatchImage(_program.Pointer, Inputs, Outputs, _learns);
            _threads = new BatchThreads(_image, _arena, ModelFile.ArenaBytes(_program.Pointer), options.Threads);
        }
        catch
        {
            _program.Dispose();
            file.Dispose();
            _rehearsal?.Dispose();
            _arena?.Dispose();
            throw;
        }
    }

    /// <summary>The model's inputs, in the order of the file.</summary>
    public IReadOnlyList<TensorInfo> Inputs { get; }

    /// <summary>The model's outputs, in the order of the file.</summary>
    public IReadOnlyList<TensorInfo> Outputs { get; }

    /// <summary>The operators, in execution order.</summary>
    public IReadOnlyList<OperatorInfo> Operators { get; }

    /// <summary>The first input's integers: fill them, then <see cref="Run"/>. Running may overwrite them.</summary>
    public Span<sbyte> Input => Tensor(Inputs[0]);

    /// <summary>The first output's integers, valid after <see cref="Run"/>.</summary>
    public ReadOnlySpan<sbyte> Output => Tensor(Outputs[0]);

    /// <summary>Index of the largest element of the first output; the lowest such index in a tie.</summary>
    public int BestClass => BestOf(Outputs[0]);

    /// <summary>The model that runs, for the functions of <see cref="Interpreter"/>, <see cref="Probe"/> and <see cref="SelfTest"/>: the
    /// file, or what it was lowered to for this processor. Valid until <see cref="Dispose"/>.</summary>
    public byte* ModelPointer => _program.Pointer;

    /// <summary>The model as the file has it, deltas added, before it was lowered: what learned weights are compared with. Valid until
    /// <see cref="Dispose"/>.</summary>
    public byte* SourcePointer => _file.Pointer;

    /// <summary>Where the arena is. Valid until <see cref="Dispose"/>.</summary>
    public byte* ArenaPointer => _arena.Pointer;

    /// <summary>Name of the micro-kernel that the model was laid out for when it was opened.</summary>
    public string TileName { get; }

    /// <summary>Facts from the file's header: sizes, identity, description.</summary>
    public ModelInfo Info { get; }

    /// <summary>Opens a model file by mapping it into memory.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">How it is to run; by default on one thread.</param>
    /// <exception cref="ModelException">The file is not a model, is damaged, or needs what this runtime does not have.</exception>
    /// <exception cref="SignatureException">It is not signed with <see cref="ModelOptions.PublicKey"/>.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static EdgeModel Open(string path, ModelOptions? options = null)
    {
        options ??= new ModelOptions();
        return new EdgeModel(ModelMemory.Map(path), path, options);
    }

    /// <summary>Reads a model from a stream to its end.</summary>
    /// <param name="stream">The bytes of a file.</param>
    /// <param name="options">How it is to run; by default on one thread.</param>
    /// <exception cref="ModelException">The bytes are not a model, are damaged, or need what this runtime does not have.</exception>
    /// <exception cref="SignatureException">It is not signed with <see cref="ModelOptions.PublicKey"/>.</exception>
    public static EdgeModel Open(Stream stream, ModelOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var buffer = new MemoryStream();
        stream.CopyTo(buffer);
        return Open(buffer.GetBuffer().AsSpan(0, (int)buffer.Length), options);
    }

    /// <summary>Copies a model from memory.</summary>
    /// <param name="bytes">The bytes of a file.</param>
    /// <param name="options">How it is to run; by default on one thread.</param>
    /// <exception cref="ModelException">The bytes are not a model, are damaged, or need what this runtime does not have.</exception>
    /// <exception cref="SignatureException">It is not signed with <see cref="ModelOptions.PublicKey"/>.</exception>
    public static EdgeModel Open(ReadOnlySpan<byte> bytes, ModelOptions? options = null)
    {
        options ??= new ModelOptions();
        return new EdgeModel(ModelMemory.Copy(bytes), "model", options);
    }

    /// <summary>Copies a model from memory and lowers it for one of the tiles that this processor has.</summary>
    internal static EdgeModel Open(ReadOnlySpan<byte> bytes, int tile) => Open(bytes, new ModelOptions { Tile = tile });

    /// <summary>The integers of an int8 input or output.</summary>
    /// <exception cref="ArgumentException">The tensor is of another type; <see cref="Bytes"/> has it.</exception>
    public Span<sbyte> Tensor(TensorInfo tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        if (tensor.Type != ElementType.Int8) throw new ArgumentException($"tensor '{tensor.Name}' is not int8; use Bytes()", nameof(tensor));
        return MemoryMarshal.Cast<byte, sbyte>(Bytes(tensor));
    }

    /// <summary>The bytes of an input or output of any type, little-endian.</summary>
    public Span<byte> Bytes(TensorInfo tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        ObjectDisposedException.ThrowIf(_arena.IsDisposed, this);
        // What another model's tensor says must not reach outside this arena.
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(tensor.Index, ModelFile.TensorCount(ModelPointer), nameof(tensor));
        int record = ModelFile.Tensor(ModelPointer, tensor.Index);
        return new Span<byte>(_arena.Pointer + TensorRecord.ArenaOffset(ModelPointer, record), TensorRecord.ByteCount(ModelPointer, record));
    }

    /// <summary>Index of the largest element of a tensor; the lowest such index in a tie.</summary>
    public int BestOf(TensorInfo tensor)
    {
        ReadOnlySpan<byte> bytes = Bytes(tensor);
        int best = 0;
        for (int i = 1; i < tensor.Elements; i++)
            if (tensor.Element(bytes, i) > tensor.Element(bytes, best)) best = i;
        return best;
    }

    /// <summary>Fills input <paramref name="index"/> from pixels through the preprocessing that the file describes.</summary>
    /// <param name="pixels">Row-major bytes, channels innermost in the order that <see cref="TensorInfo.ChannelOrder"/> says.</param>
    /// <param name="index">Which input.</param>
    /// <exception cref="ArgumentException">The number of pixels is not the input's number of elements.</exception>
    /// <exception cref="InvalidOperationException">The file describes no preprocessing for this input.</exception>
    public void SetPixels(ReadOnlySpan<byte> pixels, int index = 0)
    {
        TensorInfo input = Inputs[index];
        ObjectDisposedException.ThrowIf(_arena.IsDisposed, this);
        if (pixels.Length != input.Elements)
            throw new ArgumentException($"input '{input.Name}' takes {input.Elements} pixels, not {pixels.Length}", nameof(pixels));
        if (!input.HasPreprocessing)
            throw new InvalidOperationException($"input '{input.Name}' has no preprocessing; fill its integers through Tensor()");
        fixed (byte* p = pixels) Normalize.Pixels(ModelPointer, index, p, 0, _arena.Pointer);
    }

    /// <summary>Runs the model: reads the inputs, leaves the outputs. Allocates nothing.</summary>
    public void Run()
    {
        ObjectDisposedException.ThrowIf(_arena.IsDisposed, this);
        if (_learns) Learner.Run(ModelPointer, _arena.Pointer);
        else Interpreter.Run(ModelPointer, _arena.Pointer);
    }

    /// <summary>Runs one operator; those before it have run. For tools that look at every layer.</summary>
    /// <returns>The bytes of the operator's output, valid until the next step.</returns>
    public ReadOnlySpan<byte> Step(int index)
    {
        ObjectDisposedException.ThrowIf(_arena.IsDisposed, this);
        if (_learns) Learner.Forward(ModelPointer, _arena.Pointer, index);
        else Interpreter.Step(ModelPointer, _arena.Pointer, index);
        return Bytes(Operators[index].Output);
    }

    /// <summary>Runs the model and describes every operator's output.</summary>
    /// <exception cref="InvalidOperationException">The model was opened to learn.</exception>
    public ProbeEntry[] RunProbed()
    {
        RequireFixedWeights();
        byte[] report = new byte[Operators.Count * Probe.EntryBytes];
        fixed (byte* p = report)
        {
            Probe.Run(ModelPointer, _arena.Pointer, p, 0);
            return ProbeEntry.ReadAll(p, Operators.Count);
        }
    }

    /// <summary>Runs the test that the file carries: random inputs from its seed, and every operator's hash compared.</summary>
    /// <returns>The number of the first operator that differs, or null when all agree.</returns>
    /// <exception cref="InvalidOperationException">The file carries no test, or the model was opened to learn.</exception>
    public int? RunSelfTest()
    {
        RequireFixedWeights();
        byte[] report = new byte[Operators.Count * Probe.EntryBytes];
        fixed (byte* p = report)
        {
            int result = SelfTest.Run(ModelPointer, _arena.Pointer, p, 0);
            if (result == SelfTest.NoTest) throw new InvalidOperationException("the model carries no TEST section");
            return result == SelfTest.Passed ? null : result;
        }
    }

    /// <summary>Ends the threads and releases the file and the arena. Spans over them must not be used any more.</summary>
    public void Dispose()
    {
        _threads.Dispose();
        _program.Dispose();
        _file.Dispose();
        _rehearsal?.Dispose();
        _arena.Dispose();
    }

    private void RequireFixedWeights()
    {
        ObjectDisposedException.ThrowIf(_arena.IsDisposed, this);
        if (_learns)
            throw new InvalidOperationException("the hashes of a model that learns are not the file's; save its delta, and open the model with ModelOptions.Deltas");
    }

    private static void Verify(ModelMemory model, string source)
    {
        int where = 0;
        ModelError error = ModelCheck.Verify(model.Pointer, model.Length, int.MaxValue, ref where);
        if (error != ModelError.None) throw new ModelException(source, error, where);
        // A board's flash may be longer than the model in it; a file may not.
        if (model.Length != ModelFile.FileBytes(model.Pointer)) throw new ModelException(source, ModelError.BadHeader, ModelFile.FileBytesAt);
    }
}
