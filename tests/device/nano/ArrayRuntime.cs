using System;
using System.Linq;
using System.Reflection;

namespace EdgeCnn.Device.Tests;

/// <summary>
/// The array build of the runtime, the very file that boards get, on this machine's .NET: its references to mscorlib go to the
/// framework's own, which forwards every type.
/// </summary>
public sealed class ArrayRuntime
{
    private readonly VerifyFunction _verify;
    private readonly Action<byte[], byte[]> _run;
    private readonly Action<byte[], byte[], byte[], int> _probe;
    private readonly Func<byte[], byte[], byte[], int, int> _test;
    private readonly Action<byte[], byte[]> _reset;
    private readonly Action<byte[], byte[]> _step;
    private readonly Action<byte[], byte[], int> _setLabel;
    private readonly Func<byte[], byte[], ulong> _learnedHash;
    private readonly Func<byte[], int> _learningBytes;
    private readonly Func<byte[], int> _operators;
    private readonly Func<byte[], int> _arenaBytes;
    private readonly Func<byte[], int> _inputOffset;
    private readonly Func<byte[], int, ulong> _hash;
    private readonly Action<byte[], int, byte[], int, byte[], int, byte[], int> _picture;
    private readonly Action<byte[], int, int, int, int, int, byte[], int, int, int> _resize;
    private readonly Func<byte[], byte[], byte[], int> _signer;

    /// <summary>Loads the assembly.</summary>
    public ArrayRuntime()
    {
        Assembly assembly = BoardAssembly.LoadedRuntime;
        T Bind<T>(string type, string method)
            where T : Delegate
        {
            Type[] parameters = [.. typeof(T).GetMethod("Invoke")!.GetParameters().Select(parameter => parameter.ParameterType)];
            return assembly.GetType($"EdgeCnn.{type}", throwOnError: true)!.GetMethod(method, parameters)!.CreateDelegate<T>();
        }

        // The result is an enum of the assembly, which is an int to a delegate.
        _verify = Bind<VerifyFunction>("ModelCheck", "Verify");
        _run = Bind<Action<byte[], byte[]>>("Interpreter", "Run");
        _probe = Bind<Action<byte[], byte[], byte[], int>>("Probe", "Run");
        _test = Bind<Func<byte[], byte[], byte[], int, int>>("SelfTest", "Run");
        _hash = Bind<Func<byte[], int, ulong>>("Probe", "Hash");
        _picture = Bind<Action<byte[], int, byte[], int, byte[], int, byte[], int>>("LogMel", "Picture");
        _resize = Bind<Action<byte[], int, int, int, int, int, byte[], int, int, int>>("Resize", "Area");
        _operators = Bind<Func<byte[], int>>("ModelFile", "OperatorCount");
        _arenaBytes = Bind<Func<byte[], int>>("ModelFile", "ArenaBytes");
        _learningBytes = Bind<Func<byte[], int>>("ModelFile", "LearningBytes");
        _reset = Bind<Action<byte[], byte[]>>("Learner", "Reset");
        _step = Bind<Action<byte[], byte[]>>("Learner", "Step");
        _setLabel = Bind<Action<byte[], byte[], int>>("LearnState", "SetLabel");
        _learnedHash = Bind<Func<byte[], byte[], ulong>>("Learner", "Hash");
        _signer = Bind<Func<byte[], byte[], byte[], int>>("SignCheck", "Verify");
        Func<byte[], int, int> input = Bind<Func<byte[], int, int>>("IORecord", "Input");
        Func<byte[], int, int> offset = Bind<Func<byte[], int, int>>("TensorRecord", "ArenaOffset");
        _inputOffset = model => offset(model, input(model, 0));
    }

    private delegate int VerifyFunction(byte[] model, int length, int arenaLength, ref int where);

    /// <summary>Checks a model.</summary>
    /// <param name="model">The file.</param>
    /// <param name="arenaLength">Bytes that the arena would have.</param>
    /// <param name="where">Byte offset of the fault.</param>
    public ModelError Verify(byte[] model, int arenaLength, out int where)
    {
        where = 0;
        return (ModelError)_verify(model, model.Length, arenaLength, ref where);
    }

    /// <summary>An arena of the size that the model states, with what learning needs.</summary>
    public byte[] CreateArena(byte[] model) => new byte[_arenaBytes(model) + _learningBytes(model)];

    /// <summary>Makes an arena ready to learn.</summary>
    public void Reset(byte[] model, byte[] arena) => _reset(model, arena);

    /// <summary>Learns the sample in the input.</summary>
    public void Learn(byte[] model, byte[] arena, int label)
    {
        _setLabel(model, arena, label);
        _step(model, arena);
    }

    /// <summary>The hash of everything learned.</summary>
    public ulong LearnedHash(byte[] model, byte[] arena) => _learnedHash(model, arena);

    /// <summary>Puts values into the first input.</summary>
    public void SetInput(byte[] model, byte[] arena, byte[] values) => values.CopyTo(arena, _inputOffset(model));

    /// <summary>The log-mel picture of sound, as the record says.</summary>
    public byte[] Picture(byte[] record, byte[] samples, int pixels)
    {
        byte[] picture = new byte[pixels];
        _picture(record, 0, samples, 0, new byte[8 << LogMelRecord.MaxSizeBits], 0, picture, 0);
        return picture;
    }

    /// <summary>A picture of another size.</summary>
    public byte[] Resize(byte[] pixels, int width, int height, int channels, int newWidth, int newHeight)
    {
        byte[] resized = new byte[newWidth * newHeight * channels];
        _resize(pixels, 0, width * channels, width, height, channels, resized, 0, newWidth, newHeight);
        return resized;
    }

    /// <summary>Checks who signed a model.</summary>
    public SignError VerifySignature(byte[] model, byte[] publicKey) => (SignError)_signer(model, publicKey, new byte[SignCheck.WorkBytes]);

    /// <summary>Runs the model.</summary>
    public void Run(byte[] model, byte[] arena) => _run(model, arena);

    /// <summary>Runs the model and returns the hash of every operator's output.</summary>
    public ulong[] RunProbed(byte[] model, byte[] arena)
    {
        byte[] report = new byte[_operators(model) * Probe.EntryBytes];
        _probe(model, arena, report, 0);
        ulong[] hashes = new ulong[_operators(model)];
        for (int i = 0; i < hashes.Length; i++) hashes[i] = _hash(report, i * Probe.EntryBytes);
        return hashes;
    }

    /// <summary>Runs the test that the model carries: the first operator whose hash is not the desktop's, or
    /// <see cref="SelfTest.Passed"/>.</summary>
    public int RunSelfTest(byte[] model, byte[] arena) => _test(model, arena, new byte[_operators(model) * Probe.EntryBytes], 0);
}
