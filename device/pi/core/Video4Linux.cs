using System;

namespace EdgeCnn.Device;

/// <summary>The kernel's Video4Linux2 interface on 64-bit processors: requests, and where the fields are in the records that go with them
/// (include/uapi/linux/videodev2.h).</summary>
internal static unsafe class Video4Linux
{
    /// <summary>VIDIOC_QUERYCAP: what a device can do.</summary>
    internal const uint GetCapabilities = 0x80685600;
    internal const int CapabilitiesBytes = 104;
    internal const int AllCapabilitiesAt = 84;
    internal const int DeviceCapabilitiesAt = 88;
    internal const uint Captures = 1, Streams = 0x04000000, HasDeviceCapabilities = 0x80000000;

    /// <summary>VIDIOC_S_FMT: wishes for a format, and says what it got.</summary>
    internal const uint SetFormat = 0xC0D05605;
    internal const int FormatBytes = 208;
    internal const int WidthAt = 8;
    internal const int HeightAt = 12;
    internal const int PixelFormatAt = 16;
    internal const int FieldAt = 20;
    internal const int RowBytesAt = 24;
    internal const int ColourSpaceAt = 32;
    internal const int QuantizationAt = 48;
    internal const int Progressive = 1, JpegColours = 7, FullRange = 1, DefaultRange = 0;

    /// <summary>VIDIOC_REQBUFS: has buffers made.</summary>
    internal const uint MakeBuffers = 0xC0145608;
    internal const int MakeBuffersBytes = 20;
    internal const int MadeAt = 0;
    internal const int KindAt = 4;
    internal const int MemoryAt = 8;

    /// <summary>VIDIOC_QUERYBUF, VIDIOC_QBUF and VIDIOC_DQBUF: where a buffer is, giving it to the camera, and getting it back.</summary>
    internal const uint FindBuffer = 0xC0585609, GiveBuffer = 0xC058560F, TakeBuffer = 0xC0585611;
    internal const int BufferBytes = 88;
    internal const int IndexAt = 0;
    internal const int UsedAt = 8;
    internal const int FlagsAt = 12;
    internal const int SecondsAt = 24;
    internal const int MicrosecondsAt = 32;
    internal const int SequenceAt = 56;
    internal const int BufferMemoryAt = 60;
    internal const int OffsetAt = 64;
    internal const int LengthAt = 72;
    internal const int IsFaulty = 0x40;

    /// <summary>VIDIOC_STREAMON and VIDIOC_STREAMOFF.</summary>
    internal const uint Start = 0x40045612, Stop = 0x40045613;

    /// <summary>Kind of stream: frames of a single plane that come from the device.</summary>
    internal const int Capture = 1;

    /// <summary>Kind of buffer: the kernel's memory, seen by the program.</summary>
    internal const int Mapped = 1;

    /// <summary>The kernel's name of a <see cref="PixelFormat"/>: four ASCII characters.</summary>
    internal static int Code(int format) => format switch
    {
        PixelFormat.Gray => Four("GREY"u8),
        PixelFormat.Rgb => Four("RGB3"u8),
        PixelFormat.Bgr => Four("BGR3"u8),
        PixelFormat.Yuyv => Four("YUYV"u8),
        PixelFormat.Nv12 => Four("NV12"u8),
        _ => Four("YU12"u8),
    };

    /// <summary>The formats from the best to the worst that a camera may have, then 0.</summary>
    internal static int Preferred(int index) => index switch
    {
        0 => PixelFormat.Yuyv,
        1 => PixelFormat.Nv12,
        2 => PixelFormat.I420,
        3 => PixelFormat.Rgb,
        4 => PixelFormat.Bgr,
        5 => PixelFormat.Gray,
        _ => 0,
    };

    private static int Four(ReadOnlySpan<byte> name)
    {
        fixed (byte* first = name) return Memory.Int32(first, 0);
    }
}
