using System;
using System.Reflection;

namespace EdgeCnn.Device.Tests;

/// <summary>The nanoFramework application's windowed model, on this machine's .NET, over a file that a test may spoil.</summary>
public sealed class WindowedRuntime
{
    private readonly object _model;
    private readonly Func<int, bool> _step;
    private readonly Func<bool> _run;
    private readonly Func<bool> _reset;
    private readonly Func<int, bool> _learn;
    private readonly OpenFunction _open;
    private readonly Func<byte[], byte[], ulong> _learnedHash;

    /// <summary>A model in storage; to be opened.</summary>
    public WindowedRuntime(byte[] file, int bufferBytes, int arenaBytes)
    {
        Assembly application = BoardAssembly.LoadedApplication, runtime = BoardAssembly.LoadedRuntime;
        object storage = DispatchProxy.Create(application.GetType("EdgeCnn.Device.IModelStorage", throwOnError: true)!, typeof(Storage));
        ((Storage)storage).File = file;
        Arena = new byte[arenaBytes];
        Buffer = new byte[bufferBytes];
        Type type = application.GetType("EdgeCnn.Device.WindowedModel", throwOnError: true)!;
        _model = type.GetConstructors()[0].Invoke([storage, Buffer, Arena, ModelFile.MaxOperators]);
        T Bind<T>(string method)
            where T : Delegate
            => type.GetMethod(method)!.CreateDelegate<T>(_model);

        _open = Bind<OpenFunction>("Open");
        _step = Bind<Func<int, bool>>("Step");
        _run = Bind<Func<bool>>("Run");
        _reset = Bind<Func<bool>>("Reset");
        _learn = Bind<Func<int, bool>>("Learn");
        _learnedHash = runtime.GetType("EdgeCnn.Learner", throwOnError: true)!.GetMethod("Hash")!
            .CreateDelegate<Func<byte[], byte[], ulong>>();
    }

    private delegate int OpenFunction(ref int where);

    /// <summary>RAM of the tensors.</summary>
    public byte[] Arena { get; }

    /// <summary>RAM of the model: what stays, and the window.</summary>
    public byte[] Buffer { get; }

    /// <summary>The hash of everything learned.</summary>
    public ulong LearnedHash => _learnedHash(Buffer, Arena);

    /// <summary>Checks the file.</summary>
    public ModelError Open(out int where)
    {
        where = 0;
        return (ModelError)_open(ref where);
    }

    /// <summary>Runs one operator.</summary>
    public bool Step(int index) => _step(index);

    /// <summary>Runs the model.</summary>
    public bool Run() => _run();

    /// <summary>Makes the model ready to learn.</summary>
    public bool Reset() => _reset();

    /// <summary>Learns a sample.</summary>
    public bool Learn(int label) => _learn(label);

    /// <summary>A file of a board's storage.</summary>
    public class Storage : DispatchProxy
    {
        internal byte[] File { get; set; } = [];

        /// <inheritdoc/>
        protected override object Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            if (targetMethod!.Name == "get_Length") return File.Length;
            (int offset, byte[] into, int at, int count) = ((int)args![0]!, (byte[])args[1]!, (int)args[2]!, (int)args[3]!);
            if (offset + count > File.Length) return false;
            Array.Copy(File, offset, into, at, count);
            return true;
        }
    }
}
