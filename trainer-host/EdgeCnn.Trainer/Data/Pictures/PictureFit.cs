using System;

namespace EdgeCnn.Trainer.Data.Pictures;

/// <summary>Brings pictures to a network's input with the runtime's own integer functions, so that a device's camera gets the
/// same.</summary>
/// <param name="input">Shape of the input: 1 channel for gray, 3 for RGB.</param>
/// <param name="crop">Whether to cut off what does not fit the input's proportions, evenly on both sides; else it is squeezed in.</param>
internal sealed unsafe class PictureFit(Shape input, bool crop)
{
    /// <summary>Fits one picture.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="destination">Receives the input's pixels.</param>
    public void Into(Picture picture, Span<byte> destination)
    {
        int width = crop ? Resize.CropWidth(picture.Width, picture.Height, input.Width, input.Height) : picture.Width;
        int height = crop ? Resize.CropHeight(picture.Width, picture.Height, input.Width, input.Height) : picture.Height;
        int rowBytes = picture.Width * picture.Channels, count = input.Height * input.Width;
        int from = (picture.Height - height) / 2 * rowBytes + (picture.Width - width) / 2 * picture.Channels;
        var resized = picture.Channels == input.Channels ? [] : new byte[count * picture.Channels];
        var rowSums = new uint[width * picture.Channels];
        fixed (byte* source = picture.Pixels, scratch = resized, target = destination)
        fixed (uint* sums = rowSums)
        {
            var to = scratch is null ? target : scratch;
            AreaRows.Area(source + from, rowBytes, width, height, picture.Channels, to, input.Width, input.Height, sums);
            if (picture.Channels > input.Channels)
                Gray.FromRgb(scratch, 0, target, 0, count);
            for (var i = 0; picture.Channels < input.Channels && i < destination.Length; i++)
                target[i] = scratch[i / input.Channels];
        }
    }
}
