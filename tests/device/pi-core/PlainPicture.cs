using System;
using System.Linq;
using EdgeCnn.Managed;

namespace EdgeCnn.Device.Tests;

/// <summary>From a frame to the model's input, written as it is defined: pixel by pixel, in exact fractions.</summary>
/// <param name="model">The model.</param>
/// <param name="shape">The frames.</param>
/// <param name="crop">Whether the frame is cut to the input's proportions.</param>
internal sealed unsafe class PlainPicture(EdgeModel model, FrameShape shape, bool crop)
{
    private readonly TensorInfo _input = model.Inputs[0];

    /// <summary>The pixels before the model's preprocessing.</summary>
    internal byte[] Pixels(byte[] frame)
    {
        (int width, int height) = (_input.Shape[2], _input.Shape[1]);
        return [.. Enumerable.Range(0, width * height).SelectMany(i => Pixel(frame, i % width, i / width, width, height))];
    }

    /// <summary>The input's integers.</summary>
    internal sbyte[] Integers(byte[] frame)
    {
        byte[] pixels = Pixels(frame);
        int channels = pixels.Length / (_input.Shape[1] * _input.Shape[2]), shift = IORecord.PixelShift(model.ModelPointer, 0);
        int* factors = (int*)(model.ModelPointer + IORecord.Pixels(model.ModelPointer, 0));
        return [.. pixels.Select((pixel, i) =>
        {
            long q = ((long)pixel * factors[i % channels] + factors[channels + i % channels]) >> shift;
            return (sbyte)Math.Clamp(q, -128, 127);
        })];
    }

    private byte[] Pixel(byte[] frame, int x, int y, int width, int height)
    {
        bool isGray = _input.ChannelOrder == ChannelOrder.Gray;
        int[] mean = [.. Enumerable.Range(0, shape.Format == PixelFormat.Gray ? 1 : 3).Select(c => Mean(frame, c, x, y, width, height))];
        if (shape.Format == PixelFormat.Gray) return [.. Enumerable.Repeat((byte)mean[0], isGray ? 1 : 3)];
        int[] rgb = shape.Format is PixelFormat.Rgb or PixelFormat.Bgr ? mean : Rgb(mean);
        if (isGray)
            return [shape.Format >= PixelFormat.Yuyv ? Luma(mean[0]) : (byte)((77 * rgb[0] + 150 * rgb[1] + 29 * rgb[2] + 128) / 256)];
        if (_input.ChannelOrder == ChannelOrder.Bgr) Array.Reverse(rgb);
        return [.. rgb.Select(value => (byte)value)];
    }

    private byte Luma(int y) => (byte)(shape.IsFullRange ? y : Held((y - 16) * 19077));

    private int[] Rgb(int[] yuv)
    {
        int y = shape.IsFullRange ? yuv[0] * 16384 : (yuv[0] - 16) * 19077, b = yuv[1] - 128, r = yuv[2] - 128;
        return shape.IsFullRange
            ? [Held(y + 22970 * r), Held(y - 5638 * b - 11700 * r), Held(y + 29032 * b)]
            : [Held(y + 26149 * r), Held(y - 6419 * b - 13320 * r), Held(y + 33050 * b)];
    }

    private static int Held(int value) => Math.Clamp((int)Math.Floor((value + 8192) / 16384.0), 0, 255);

    /// <summary>Mean of a component over the part of the cut-out that the new pixel covers, rounded, ties up.</summary>
    private int Mean(byte[] frame, int component, int x, int y, int width, int height)
    {
        bool isYuv = shape.Format >= PixelFormat.Yuyv, halvesRows = shape.Format is PixelFormat.Nv12 or PixelFormat.I420;
        (int left, int columns) = Cut(shape.Width, shape.Height, width, height, isYuv ? 2 : 1);
        (int top, int rows) = Cut(shape.Height, shape.Width, height, width, halvesRows ? 2 : 1);
        int columnUnit = isYuv && component > 0 ? 2 : 1, rowUnit = halvesRows && component > 0 ? 2 : 1;
        (left, columns, top, rows) = (left / columnUnit, columns / columnUnit, top / rowUnit, rows / rowUnit);
        long sum = 0;
        for (int row = 0; row < rows; row++)
        {
            // In parts of which a new pixel has as many as the cut-out has rows, and an old one as many as there are new rows.
            long high = Math.Min((row + 1) * height, (y + 1) * rows) - Math.Max(row * height, y * rows);
            for (int column = 0; high > 0 && column < columns; column++)
            {
                long wide = Math.Min((column + 1) * width, (x + 1) * columns) - Math.Max(column * width, x * columns);
                if (wide > 0) sum += high * wide * Sample(frame, component, left + column, top + row);
            }
        }
        long area = (long)rows * columns;
        return (int)((2 * sum + area) / (2 * area));
    }

    private (int Start, int Length) Cut(int side, int other, int newSide, int newOther, int unit)
    {
        int length = crop ? Math.Clamp((int)((long)other * newSide / newOther), 1, side) : side;
        length = Math.Max(unit, length / unit * unit);
        return ((side - length) / 2 / unit * unit, length);
    }

    private byte Sample(byte[] frame, int component, int x, int y)
    {
        int plane = shape.RowBytes * shape.Height, row = y * shape.RowBytes;
        return frame[(shape.Format, component) switch
        {
            (PixelFormat.Gray, _) => row + x,
            (PixelFormat.Rgb, _) => row + 3 * x + component,
            (PixelFormat.Bgr, _) => row + 3 * x + 2 - component,
            (PixelFormat.Yuyv, 0) => row + 2 * x,
            (PixelFormat.Yuyv, _) => row + 4 * x + 2 * component - 1,
            (_, 0) => row + x,
            (PixelFormat.Nv12, _) => plane + row + 2 * x + component - 1,
            _ => plane + (component - 1) * plane / 4 + row / 2 + x,
        }];
    }
}
