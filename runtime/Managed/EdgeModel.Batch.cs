using System;

namespace EdgeCnn.Managed;

public sealed unsafe partial class EdgeModel
{
    /// <summary>Bytes that one image has in a batch: all inputs, in the order of the file.</summary>
    public int BatchInputBytes => _image.InputBytes;

    /// <summary>Bytes that one image's results have in a batch: all outputs, in the order of the file.</summary>
    public int BatchOutputBytes => _image.OutputBytes;

    /// <summary>Threads that share the images of a batch, the caller's own included.</summary>
    public int Threads => _threads.Count;

    /// <summary>Bytes of memory that the threads besides the caller's have: an arena each.</summary>
    public long ThreadBytes => _threads.ScratchBytes;

    /// <summary>
    /// Runs many images: <paramref name="outputs"/>[n] = model(<paramref name="inputs"/>[n]). On as many threads as the model was
    /// opened with (<see cref="ModelOptions.Threads"/>), with the same result for any number. Allocates nothing. What
    /// <see cref="Tensor"/> shows afterwards is no particular image.
    /// </summary>
    /// <param name="inputs">N · <see cref="BatchInputBytes"/> bytes: image after image, of each image every input's integers,
    /// little-endian.</param>
    /// <param name="outputs">N · <see cref="BatchOutputBytes"/> bytes, which are overwritten likewise; may not overlap the inputs.</param>
    /// <exception cref="ArgumentException">The lengths are not those of a number of images, or the memory overlaps.</exception>
    public void RunBatch(ReadOnlySpan<byte> inputs, Span<byte> outputs) => Share(inputs, BatchInputBytes, outputs, arePixels: false);

    /// <summary>The same from pixels, which go through the preprocessing that the file describes (<see cref="SetPixels"/>).</summary>
    /// <param name="pixels">Image after image, of each image every input's pixels: a byte for each element of the input.</param>
    /// <param name="outputs">N · <see cref="BatchOutputBytes"/> bytes; may not overlap the pixels.</param>
    /// <exception cref="ArgumentException">The lengths are not those of a number of images, or the memory overlaps.</exception>
    /// <exception cref="InvalidOperationException">The file describes no preprocessing for one of the inputs.</exception>
    public void RunPixelBatch(ReadOnlySpan<byte> pixels, Span<byte> outputs)
    {
        if (_image.PixelBytes == 0)
            throw new InvalidOperationException("the model has an input without preprocessing; give the inputs' integers to RunBatch()");
        Share(pixels, _image.PixelBytes, outputs, arePixels: true);
    }

    private void Share(ReadOnlySpan<byte> from, int bytesPerImage, Span<byte> outputs, bool arePixels)
    {
        ObjectDisposedException.ThrowIf(_arena.IsDisposed, this);
        int count = from.Length / bytesPerImage;
        if (from.Length % bytesPerImage != 0)
            throw new ArgumentException($"an image has {bytesPerImage} bytes; {from.Length} are not a number of images", nameof(from));
        if (outputs.Length != (long)count * BatchOutputBytes)
            throw new ArgumentException(
                $"{count} images have {(long)count * BatchOutputBytes} bytes of results ({BatchOutputBytes} each), not {outputs.Length}",
                nameof(outputs));
        if (from.Overlaps(outputs)) throw new ArgumentException("results would overwrite inputs; give them other memory", nameof(outputs));
        fixed (byte* inputs = from, results = outputs) _threads.Run(new BatchJob(inputs, arePixels, results, count));
    }
}
