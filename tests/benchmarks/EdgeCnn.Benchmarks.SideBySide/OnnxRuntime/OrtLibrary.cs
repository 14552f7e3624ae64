using System;
using System.Runtime.InteropServices;
using System.Text;

namespace EdgeCnn.Benchmarks.SideBySide.OnnxRuntime;

/// <summary>ONNX Runtime's shared library, loaded, with its environment.</summary>
internal sealed unsafe class OrtLibrary : IDisposable
{
    private const int ErrorLevel = 3;

    /// <summary>Loads the library at <paramref name="path"/>.</summary>
    /// <exception cref="DllNotFoundException">It can't be loaded.</exception>
    /// <exception cref="OrtException">It is older than the functions that are used here.</exception>
    public OrtLibrary(string path)
    {
        nint library = NativeLibrary.Load(path);
        ApiBase* apiBase = ((delegate* unmanaged<ApiBase*>)NativeLibrary.GetExport(library, "OrtGetApiBase"))();
        Version = Marshal.PtrToStringUTF8((nint)apiBase->GetVersion()) ?? "";
        Api = apiBase->GetApi(OrtApi.Version);
        if (Api is null) throw new OrtException($"{path} is version {Version}, which is too old; run fetch-onnxruntime.sh for a newer one");
        void* environment;
        fixed (byte* name = Text("side-by-side")) Check(Api->CreateEnvironment(ErrorLevel, name, &environment));
        Environment = environment;
    }

    /// <summary>The functions.</summary>
    public OrtApi* Api { get; }

    /// <summary>The library's version, as in 1.30.0.</summary>
    public string Version { get; }

    /// <summary>What sessions are created in.</summary>
    public void* Environment { get; }

    /// <summary>Text as the library takes it.</summary>
    public static byte[] Text(string text) => Encoding.UTF8.GetBytes($"{text}\0");

    /// <summary>Throws what a status says.</summary>
    /// <exception cref="OrtException">The status is an error.</exception>
    public void Check(void* status)
    {
        if (status is null) return;
        string message = Marshal.PtrToStringUTF8((nint)Api->GetErrorMessage(status)) ?? "";
        Api->ReleaseStatus(status);
        throw new OrtException(message);
    }

    /// <summary>Releases the environment; the sessions are released before.</summary>
    public void Dispose() => Api->ReleaseEnvironment(Environment);

    /// <summary><c>OrtApiBase</c>, where everything begins.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly struct ApiBase
    {
        public readonly delegate* unmanaged<uint, OrtApi*> GetApi;
        public readonly delegate* unmanaged<byte*> GetVersion;
    }
}
