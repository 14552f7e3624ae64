using System;
using System.Linq;
using System.Numerics;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Kinds;
using EdgeCnn.Trainer.Numerics;

namespace EdgeCnn.Trainer.Data.Sound;

/// <summary>What a recipe says of its log-mel pictures, and the tables that the integer runtime makes them with.</summary>
/// <param name="Rate">Samples per second.</param>
/// <param name="Frame">Samples of a frame.</param>
/// <param name="Hop">Samples from one frame's start to the next one's.</param>
/// <param name="Low">Where the lowest band begins, in Hz.</param>
/// <param name="High">Where the highest band ends, in Hz.</param>
/// <param name="Quietest">Level that becomes pixel 0, in dB below the loudest sine.</param>
internal sealed record LogMelSettings(int Rate, int Frame, int Hop, double Low, double High, double Quietest)
{
    private const double NepersPerDecibel = 0.2302585092994046;   // ln 10 / 10, of power

    private int SizeBits => Math.Max(LogMelRecord.MinSizeBits, BitOperations.Log2((uint)Frame - 1) + 1);

    /// <summary>The record of a picture of the given shape: rows are frames, columns are bands.</summary>
    /// <exception cref="SettingException">A band would be narrower than a bin, or the shape can't be.</exception>
    public byte[] Record(Shape picture)
    {
        var record = new SectionBuilder();
        record.Byte(LogMelRecord.LogMelKind);
        record.Byte(SizeBits);
        record.Int16(Frame);
        record.Int16(Hop);
        record.Int16(picture.Width);
        record.Int32(Rate);
        record.Int16(picture.Height);
        record.Int16(0);
        // The loudest sine, of amplitude 2¹⁵, in the middle of a band.
        var window = Window();
        var peak = Math.ScaleB(window.Sum() / 2, -SizeBits) * (1 << 15);
        var loudest = Elementary.Log(peak * peak * 4);
        record.Int32((int)Math.Round(Math.ScaleB(loudest + Quietest * NepersPerDecibel, 20)));
        record.Int32((int)Math.Round(255 / (-Quietest * NepersPerDecibel) * 256));
        var size = 1 << SizeBits;
        for (var i = 0; i < size / 4 * 3; i++)
            record.Int16((int)Math.Round(Elementary.CosPi(Math.Abs(2.0 * i / size - 0.5)) * Fourier.One));
        foreach (var weight in window)
            record.Int16((int)weight);
        foreach (var edge in Edges(picture.Width, size))
            record.Int16(edge);
        return record.ToArray();
    }

    /// <summary>The periodic window of von Hann in 1/2¹⁵: ½ − ½ cos(2πn/frame).</summary>
    private double[] Window() =>
        [.. Enumerable.Range(0, Frame).Select(n => Math.Min(Math.Round((0.5 - 0.5 * CosPi(2.0 * n / Frame)) * 32768), 32767))];

    /// <summary>Edges of the bands in 1/32 of a bin, equally far apart on the mel scale, mel = 1127 ln(1 + f/700).</summary>
    private int[] Edges(int bands, int size)
    {
        double low = Elementary.Log(1 + Low / 700), high = Elementary.Log(1 + High / 700);
        int[] edges =
        [
            .. Enumerable.Range(0, bands + 2)
                .Select(i => 700 * (Elementary.Exp(low + (high - low) * i / (bands + 1)) - 1))
                .Select(hertz => (int)Math.Round(hertz * size / Rate * LogMelRecord.EdgeUnits)),
        ];
        for (var band = 0; band < bands; band++)
        {
            // A band that holds no bin would always be silent.
            if ((edges[band] / LogMelRecord.EdgeUnits + 1) * LogMelRecord.EdgeUnits >= edges[band + 2])
                throw Require.Refuse("frame", $"{Frame} samples are too few to tell {bands} bands apart from {Low} Hz up; use a longer "
                    + "frame, fewer bands (the width of \"input\"), or a higher \"low\"");
        }

        return edges;
    }

    private static double CosPi(double turns) => Elementary.CosPi(turns <= 1 ? turns : 2 - turns);
}
