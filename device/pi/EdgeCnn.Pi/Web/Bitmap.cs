using System;
using System.Buffers.Binary;
using EdgeCnn.Device;
using EdgeCnn.Pi.Frames;

namespace EdgeCnn.Pi.Web;

/// <summary>A frame as a Windows bitmap of 24 bits, which every browser shows, made smaller by leaving pixels out.</summary>
internal static unsafe class Bitmap
{
    private const int HeaderBytes = 54, InfoBytes = 40, Planes = 1, Bits = 24;

    /// <summary>The file.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="columns">Most columns; the rows follow.</param>
    public static byte[] Of(Frame frame, int columns)
    {
        int width = Math.Min(columns, frame.Shape.Width), height = Math.Max(1, frame.Shape.Height * width / frame.Shape.Width);
        byte[] file = Blank(width, height);
        for (int y = 0; y < height; y++)
        {
            Span<byte> row = Row(file, width, height, y);
            for (int c = 0; c < 3; c++) Sample(frame, c, y * frame.Shape.Height / height, row[Place(frame.Shape.Format, c)..], width);
            if (!PixelFormat.IsYuv(frame.Shape.Format)) continue;
            fixed (byte* pixels = row) Yuv.ToColours(pixels, 0, width, frame.Shape.IsFullRange, ChannelOrder.Bgr);
        }
        return file;
    }

    /// <summary>A black one.</summary>
    public static byte[] Blank(int width, int height)
    {
        byte[] file = new byte[HeaderBytes + RowBytes(width) * height];
        Header(file, width, height);
        return file;
    }

    /// <summary>The pixels of a row, blue first. Rows lie from the bottom up.</summary>
    public static Span<byte> Row(byte[] file, int width, int height, int y) =>
        file.AsSpan(HeaderBytes + RowBytes(width) * (height - 1 - y), 3 * width);

    private static int RowBytes(int width) => (3 * width + 3) & ~3;

    /// <summary>Where a component goes in a pixel: blue comes first; Y, Cb and Cr are put in order when they become colours.</summary>
    private static int Place(int format, int component) => PixelFormat.IsYuv(format) ? component : 2 - component;

    /// <summary>One component of a row, every third byte.</summary>
    private static void Sample(Frame frame, int component, int y, Span<byte> row, int width)
    {
        FrameShape shape = frame.Shape;
        int format = shape.Format, source = format == PixelFormat.Gray ? 0 : component;
        int start = PixelFormat.FirstRow(format, source, shape.Height, shape.RowBytes) + PixelFormat.FirstSample(format, source)
            + (y >> PixelFormat.RowShift(format, source)) * PixelFormat.RowStep(format, source, shape.RowBytes);
        ReadOnlySpan<byte> pixels = frame.Pixels[start..];
        int step = PixelFormat.Step(format, source), shift = PixelFormat.ColumnShift(format, source);
        for (int x = 0; x < width; x++) row[3 * x] = pixels[(x * shape.Width / width >> shift) * step];
    }

    private static void Header(Span<byte> file, int width, int height)
    {
        "BM"u8.CopyTo(file);
        BinaryPrimitives.WriteInt32LittleEndian(file[2..], file.Length);
        BinaryPrimitives.WriteInt32LittleEndian(file[10..], HeaderBytes);
        BinaryPrimitives.WriteInt32LittleEndian(file[14..], InfoBytes);
        BinaryPrimitives.WriteInt32LittleEndian(file[18..], width);
        BinaryPrimitives.WriteInt32LittleEndian(file[22..], height);
        BinaryPrimitives.WriteInt16LittleEndian(file[26..], Planes);
        BinaryPrimitives.WriteInt16LittleEndian(file[28..], Bits);
    }
}
