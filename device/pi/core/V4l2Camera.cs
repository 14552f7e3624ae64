namespace EdgeCnn.Device;

/// <summary>
/// A camera of the kernel's Video4Linux2 interface, streaming into buffers of the kernel that this program sees (mmap): no byte of a frame
/// is copied. Takes nothing from the heap.
/// </summary>
public unsafe struct V4l2Camera
{
    private const int MaxBuffers = 4;
    private const int None = -1;

    private fixed long _buffers[MaxBuffers];
    private fixed int _lengths[MaxBuffers];
    private int _file, _count, _taken;
    private bool _hasSequence;

    /// <summary>What the camera sends.</summary>
    public FrameShape Shape { get; private set; }

    /// <summary>Number that the camera gave the last frame, from 0.</summary>
    public uint Sequence { get; private set; }

    /// <summary>When the last frame was taken, in microseconds of the monotonic clock.</summary>
    public long Microseconds { get; private set; }

    /// <summary>Frames that were passed over for newer ones, those that were faulty, and those that the camera left out.</summary>
    public long Dropped { get; private set; }

    /// <summary>The kernel's errno of the last function that failed.</summary>
    public int Error { get; private set; }

    /// <summary>Opens the camera, chooses a format, and starts the stream.</summary>
    /// <param name="path">The device, such as <c>/dev/video0</c>, ending with a byte 0.</param>
    /// <param name="width">Columns wished for; the camera may choose others, and <see cref="Shape"/> says which.</param>
    /// <param name="height">Rows wished for.</param>
    /// <param name="format">The <see cref="PixelFormat"/> wished for, 0 for the first that the camera has of YUYV, NV12, I420, RGB, BGR and
    /// gray.</param>
    /// <returns><see cref="Fault.NoDevice"/>, <see cref="Fault.NoPermission"/>, <see cref="Fault.Busy"/>, <see cref="Fault.NotACamera"/>,
    /// <see cref="Fault.NoFormat"/>, <see cref="Fault.NoMemory"/>, <see cref="Fault.CameraError"/>; nothing is open then.</returns>
    public Fault Open(byte* path, int width, int height, int format = 0)
    {
        _count = 0;
        _taken = None;
        _hasSequence = false;
        Dropped = 0;
        _file = LibC.Open(path, LibC.ReadWrite | LibC.NonBlocking | LibC.CloseOnExec, 0);
        if (_file < 0) return Failed(Fault.NotACamera);
        Fault fault = CanStream() ? Choose(width, height, format) : Fault.NotACamera;
        if (fault == Fault.None) fault = Begin();
        if (fault != Fault.None) Close();
        return fault;
    }

    /// <summary>Waits for a frame. Older frames that wait too go back to the camera: the newest wins.</summary>
    /// <param name="milliseconds">How long to wait.</param>
    /// <param name="frame">Receives where the frame is; it stays there until the next call.</param>
    /// <param name="inOrder">Take every frame in its turn instead.</param>
    /// <returns><see cref="Fault.Late"/>, <see cref="Fault.Unplugged"/>, <see cref="Fault.CameraError"/>.</returns>
    public Fault Next(int milliseconds, byte** frame, bool inOrder = false)
    {
        if (_taken != None && !Give(_taken)) return Lost();
        _taken = None;
        long end = Waiting.Milliseconds() + milliseconds;
        while (true)
        {
            Fault fault = Take();
            if (fault != Fault.None) return fault;
            if (_taken == None)
            {
                long left = end - Waiting.Milliseconds();
                if (left < 0 || Waiting.For(_file, (int)left) == Waiting.Nothing) return Fault.Late;
                continue;
            }
            while (!inOrder)
            {
                int older = _taken;
                fault = Take();
                if (fault != Fault.None) return fault;
                if (_taken == older) break;
                Dropped++;
                if (!Give(older)) return Lost();
            }
            *frame = (byte*)_buffers[_taken];
            return Fault.None;
        }
    }

    /// <summary>Stops the stream and closes the device.</summary>
    public void Close()
    {
        int kind = Video4Linux.Capture;
        if (_count > 0) _ = LibC.Control(_file, Video4Linux.Stop, &kind);
        for (int i = 0; i < _count; i++) Pages.Free((byte*)_buffers[i], _lengths[i]);
        _count = 0;
        if (_file > 0) _ = LibC.Close(_file);
        _file = 0;
    }

    private readonly bool CanStream()
    {
        byte* record = stackalloc byte[Video4Linux.CapabilitiesBytes];
        if (LibC.Control(_file, Video4Linux.GetCapabilities, record) < 0) return false;
        uint all = (uint)Memory.Int32(record, Video4Linux.AllCapabilitiesAt);
        if ((all & Video4Linux.HasDeviceCapabilities) != 0) all = (uint)Memory.Int32(record, Video4Linux.DeviceCapabilitiesAt);
        const uint needed = Video4Linux.Captures | Video4Linux.Streams;
        return (all & needed) == needed;
    }

    private Fault Choose(int width, int height, int format)
    {
        if (format != 0) return Set(width, height, format);
        Fault fault = Fault.NoFormat;
        for (int i = 0; (format = Video4Linux.Preferred(i)) != 0 && fault == Fault.NoFormat; i++) fault = Set(width, height, format);
        return fault;
    }

    private Fault Set(int width, int height, int format)
    {
        byte* record = stackalloc byte[Video4Linux.FormatBytes];
        Memory.Fill(record, 0, Video4Linux.FormatBytes, 0);
        Memory.SetInt32(record, 0, Video4Linux.Capture);
        Memory.SetInt32(record, Video4Linux.WidthAt, width);
        Memory.SetInt32(record, Video4Linux.HeightAt, height);
        Memory.SetInt32(record, Video4Linux.PixelFormatAt, Video4Linux.Code(format));
        Memory.SetInt32(record, Video4Linux.FieldAt, Video4Linux.Progressive);
        Error = LibC.Control(_file, Video4Linux.SetFormat, record) < 0 ? LibC.Errno : 0;
        if (Error == Errno.Busy) return Fault.Busy;
        if (Error != 0 || Memory.Int32(record, Video4Linux.PixelFormatAt) != Video4Linux.Code(format)) return Fault.NoFormat;
        int range = Memory.Int32(record, Video4Linux.QuantizationAt), colours = Memory.Int32(record, Video4Linux.ColourSpaceAt);
        bool isFullRange = range == Video4Linux.FullRange || (range == Video4Linux.DefaultRange && colours == Video4Linux.JpegColours);
        Shape = new FrameShape(
            format, Memory.Int32(record, Video4Linux.WidthAt), Memory.Int32(record, Video4Linux.HeightAt),
            Memory.Int32(record, Video4Linux.RowBytesAt), isFullRange);
        return Shape.IsValid() ? Fault.None : Fault.NoFormat;
    }

    /// <summary>Has buffers made, gives all to the camera, and starts it.</summary>
    private Fault Begin()
    {
        byte* record = stackalloc byte[Video4Linux.MakeBuffersBytes];
        Memory.Fill(record, 0, Video4Linux.MakeBuffersBytes, 0);
        Memory.SetInt32(record, Video4Linux.MadeAt, MaxBuffers);
        Memory.SetInt32(record, Video4Linux.KindAt, Video4Linux.Capture);
        Memory.SetInt32(record, Video4Linux.MemoryAt, Video4Linux.Mapped);
        if (LibC.Control(_file, Video4Linux.MakeBuffers, record) < 0) return Failed(Fault.CameraError);
        int made = Memory.Int32(record, Video4Linux.MadeAt);
        for (int i = 0; i < made && i < MaxBuffers; i++)
        {
            Fault fault = Map(i);
            if (fault != Fault.None) return fault;
        }
        int kind = Video4Linux.Capture;
        return LibC.Control(_file, Video4Linux.Start, &kind) < 0 ? Failed(Fault.CameraError) : Fault.None;
    }

    private Fault Map(int index)
    {
        byte* record = stackalloc byte[Video4Linux.BufferBytes];
        Prepare(record, index);
        if (LibC.Control(_file, Video4Linux.FindBuffer, record) < 0) return Failed(Fault.CameraError);
        int length = Memory.Int32(record, Video4Linux.LengthAt);
        if (length < Shape.FrameBytes) return Fault.NoFormat;
        void* at = LibC.Map(
            null, length, LibC.ProtectRead | LibC.ProtectWrite, LibC.MapShared, _file, (uint)Memory.Int32(record, Video4Linux.OffsetAt));
        if (at == (void*)-1) return Failed(Fault.NoMemory);
        _buffers[index] = (long)at;
        _lengths[index] = length;
        _count = index + 1;
        return Give(index) ? Fault.None : Failed(Fault.CameraError);
    }

    private readonly bool Give(int index)
    {
        byte* record = stackalloc byte[Video4Linux.BufferBytes];
        Prepare(record, index);
        return LibC.Control(_file, Video4Linux.GiveBuffer, record) == 0;
    }

    /// <summary>Takes the next whole frame that waits; nothing changes when there is none.</summary>
    private Fault Take()
    {
        byte* record = stackalloc byte[Video4Linux.BufferBytes];
        while (true)
        {
            Prepare(record, 0);
            if (LibC.Control(_file, Video4Linux.TakeBuffer, record) < 0)
            {
                if (LibC.Errno == Errno.Again) return Fault.None;
                if (LibC.Errno != Errno.Interrupted) return Lost();
                continue;
            }
            int index = Memory.Int32(record, Video4Linux.IndexAt);
            Note((uint)Memory.Int32(record, Video4Linux.SequenceAt));
            bool isFaulty = (Memory.Int32(record, Video4Linux.FlagsAt) & Video4Linux.IsFaulty) != 0;
            if (!isFaulty && Memory.Int32(record, Video4Linux.UsedAt) >= Shape.FrameBytes)
            {
                _taken = index;
                long taken = 1000000 * *(long*)(record + Video4Linux.SecondsAt) + *(long*)(record + Video4Linux.MicrosecondsAt);
                long now = Waiting.Microseconds();
                // Some drivers say when the frame will have been shown.
                Microseconds = taken < now ? taken : now;
                return Fault.None;
            }
            Dropped++;
            if (!Give(index)) return Lost();
        }
    }

    /// <summary>Counts the frames that the camera left out.</summary>
    private void Note(uint sequence)
    {
        if (_hasSequence && sequence - Sequence < 1 << 16 && sequence != Sequence) Dropped += sequence - Sequence - 1;
        _hasSequence = true;
        Sequence = sequence;
    }

    private static void Prepare(byte* record, int index)
    {
        Memory.Fill(record, 0, Video4Linux.BufferBytes, 0);
        Memory.SetInt32(record, Video4Linux.IndexAt, index);
        Memory.SetInt32(record, Video4Linux.KindAt, Video4Linux.Capture);
        Memory.SetInt32(record, Video4Linux.BufferMemoryAt, Video4Linux.Mapped);
    }

    private Fault Failed(Fault otherwise)
    {
        Error = LibC.Errno;
        return Errno.OfOpening(Error, otherwise);
    }

    private Fault Lost()
    {
        Error = LibC.Errno;
        return Error is Errno.NoDevice or Errno.BrokenPipe or Errno.NoDeviceOrAddress ? Fault.Unplugged : Fault.CameraError;
    }
}
