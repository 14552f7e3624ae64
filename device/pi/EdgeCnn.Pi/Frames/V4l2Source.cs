using System;
using System.IO;
using System.Runtime.InteropServices;
using System.Threading;
using EdgeCnn.Device;
using EdgeCnn.Pi.Settings;

namespace EdgeCnn.Pi.Frames;

/// <summary>A V4L2 device, streaming into memory that it shares with the kernel.</summary>
internal sealed unsafe class V4l2Source : IFrameSource
{
    private const int Patience = 250;
    private readonly V4l2Camera* _camera;
    private readonly int _timeout;
    private readonly Lock _gate = new();
    private bool _isEnded;

    /// <summary>Opens it.</summary>
    /// <exception cref="IOException">There is no such camera, or it has no format that is read here.</exception>
    public V4l2Source(CameraSettings settings)
    {
        Name = settings.Device;
        _timeout = 1000 * settings.TimeoutSeconds;
        _camera = (V4l2Camera*)NativeMemory.AllocZeroed(1, (nuint)sizeof(V4l2Camera));
        Fault fault;
        fixed (byte* path = FaultWords.Terminated(settings.Device)) fault = _camera->Open(path, settings.Width, settings.Height);
        if (fault == Fault.None) return;
        NativeMemory.Free(_camera);
        throw new IOException(fault.Words());
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public bool IsLive => true;

    /// <inheritdoc/>
    public bool Read(Frame frame)
    {
        lock (_gate)
        {
            byte* pixels = null;
            Fault fault = Fault.Late;
            for (int waited = 0; fault == Fault.Late && waited < _timeout && !Volatile.Read(ref _isEnded); waited += Patience)
                fault = _camera->Next(Patience, &pixels);
            if (_isEnded || fault != Fault.None) throw new IOException(_isEnded ? "it was closed" : fault.Words());
            new ReadOnlySpan<byte>(pixels, _camera->Shape.FrameBytes).CopyTo(frame.Begin(_camera->Shape));
            return true;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isEnded, true)) return;
        // A reading that goes on sees it, and ends before the memory does.
        lock (_gate)
        {
            _camera->Close();
            NativeMemory.Free(_camera);
        }
    }
}
