using System;
using EdgeCnn.Pi.Frames;

namespace EdgeCnn.Pi.Web;

/// <summary>A window of sound as a picture: for each column, from the lowest sample to the highest.</summary>
internal static class Waveform
{
    private const int Rows = 120, Middle = Rows / 2;
    private static readonly byte[] Ink = [0xFE, 0xA8, 0x6E], QuietInk = [0xB3, 0xA4, 0x98];

    /// <summary>The picture, a <see cref="Bitmap"/>.</summary>
    /// <param name="frame">The window.</param>
    /// <param name="columns">Columns.</param>
    public static byte[] Of(Frame frame, int columns)
    {
        byte[] file = Bitmap.Blank(columns, Rows), ink = frame.IsQuiet ? QuietInk : Ink;
        Span<short> samples = frame.Samples;
        for (int x = 0; x < columns; x++)
        {
            int first = (int)((long)x * samples.Length / columns), end = (int)((x + 1L) * samples.Length / columns);
            int lowest = 0, highest = 0;
            foreach (short sample in samples[first..end]) (lowest, highest) = (Math.Min(lowest, sample), Math.Max(highest, sample));
            for (int y = Row(highest); y <= Row(lowest); y++) ink.CopyTo(Bitmap.Row(file, columns, Rows, y)[(3 * x)..]);
        }
        return file;
    }

    private static int Row(int sample) => Math.Min(Rows - 1, Middle - sample * Middle / (short.MaxValue + 1));
}
