using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using EdgeCnn.Trainer.Data.Files;

namespace EdgeCnn.Trainer.Data.Pictures;

/// <summary>Decodes files of pictures and fits them to a network's input, 8 bits per value.</summary>
internal sealed class PictureLoader(FileSet files, Shape input, bool crop, string program = Ffmpeg.Program)
{
    private readonly PictureFit _fit = new(input, crop);

    /// <summary>Loads samples in the order given.</summary>
    /// <exception cref="InvalidDataException">A file is not a picture, or a damaged one; the message names it.</exception>
    public Dataset Load(IReadOnlyList<LabelledFile> samples, IReadOnlyList<string> classes, CancellationToken cancellation)
    {
        var length = (long)samples.Count * input.Length;
        if (length > Array.MaxLength)
            throw new InvalidDataException($"{files.Place}: {samples.Count} pictures of {input} need {length} bytes, more than "
                + $"{Array.MaxLength}; make \"input\" smaller");
        var pixels = new byte[length];
        void Deliver(int slot, Picture picture) => _fit.Into(picture, pixels.AsSpan(slot * input.Length, input.Length));

        var lanes = new Dictionary<PictureFormat, PictureLane>();
        try
        {
            for (var slot = 0; slot < samples.Count; slot++)
            {
                cancellation.ThrowIfCancellationRequested();
                Decode(samples[slot].Name, slot, lanes, Deliver);
            }

            foreach (var lane in lanes.Values)
                lane.Finish();
        }
        finally
        {
            foreach (var lane in lanes.Values)
                lane.Dispose();
        }

        return new Dataset(input, pixels, [.. samples.Select(sample => sample.Label)], classes);
    }

    private void Decode(string name, int slot, Dictionary<PictureFormat, PictureLane> lanes, Action<int, Picture> deliver)
    {
        var content = files.Read(name);
        try
        {
            var header = PictureHeaders.Read(content);
            if (header.Format == PictureFormat.Bmp)
                deliver(slot, Bmp.Decode(content));
            else if (header.Format == PictureFormat.Netpbm)
                deliver(slot, Netpbm.Decode(content));
            else
                Lane(header.Format, lanes, deliver).Add(files.PathOf(name), slot, header, content);
        }
        catch (PictureException refused)
        {
            throw new InvalidDataException($"{files.PathOf(name)}: {refused.Message}", refused);
        }
    }

    private PictureLane Lane(PictureFormat format, Dictionary<PictureFormat, PictureLane> lanes, Action<int, Picture> deliver)
    {
        if (!lanes.TryGetValue(format, out var lane))
            lanes.Add(format, lane = new PictureLane(format, deliver, program));
        return lane;
    }
}
