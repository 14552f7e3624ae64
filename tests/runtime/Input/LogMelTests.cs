using System;
using System.Linq;
using EdgeCnn.Trainer;
using EdgeCnn.Trainer.Data.Sound;
using Xunit;

namespace EdgeCnn.Tests.Input;

public sealed unsafe class LogMelTests
{
    private static readonly LogMelSettings Settings = new(8000, 256, 128, 20, 4000, -80);
    private static readonly Shape Picture = new(20, 32, 1);

    public static TheoryData<int, int, int, int, int> Fronts => new()
    {
        { 8000, 256, 128, 32, 20 }, { 16000, 400, 160, 40, 20 }, { 16000, 640, 320, 40, 20 }, { 8000, 200, 80, 24, 60 },
        { 44100, 2048, 512, 64, 20 },
    };

    [Theory]
    [MemberData(nameof(Fronts))]
    public void Pixels_are_within_two_steps_of_the_same_in_double_precision(int rate, int frame, int hop, int bands, int low)
    {
        var settings = new LogMelSettings(rate, frame, hop, low, rate / 2.0, -80);
        var shape = new Shape(8, bands, 1);
        short[] samples = Sound(7 * hop + frame, rate);
        byte[] found = Pixels(settings.Record(shape), samples, shape.Length);
        double[] exact = new LogMelReference(settings).Pixels(samples, shape);
        double[] errors = [.. found.Zip(exact, (a, b) => Math.Abs(a - b))];
        Measured.Note($"log-mel {frame}/{hop} × {bands}: largest error {errors.Max():f2} of 255 steps, mean {errors.Average():f3}");
        Assert.InRange(errors.Max(), 0, 2);
        Assert.InRange(errors.Average(), 0, 0.5);
        Assert.True(found.Max() > 150 && found.Min() < 100, "the sound has loud and quiet bands");
    }

    [Fact]
    public void Silence_is_black_and_the_loudest_sine_is_white_in_its_band()
    {
        byte[] record = Settings.Record(Picture);
        short[] samples = new short[19 * 128 + 256];
        Assert.All(Pixels(record, samples, Picture.Length), pixel => Assert.Equal(0, pixel));
        double centre = Edge(record, 17) * 8000 / (256.0 * LogMelRecord.EdgeUnits);
        for (int i = 0; i < samples.Length; i++) samples[i] = (short)(32767 * Math.Sin(2 * Math.PI * centre * i / 8000));
        byte[] picture = Pixels(record, samples, Picture.Length);
        for (int row = 0; row < Picture.Height; row++)
        {
            byte[] bands = picture[(row * Picture.Width)..((row + 1) * Picture.Width)];
            Assert.Equal(16, Array.IndexOf(bands, bands.Max()));
            Assert.InRange(bands[16], 250, 255);
        }
    }

    [Fact]
    public void The_most_negative_samples_do_not_overflow()
    {
        short[] samples = [.. Enumerable.Range(0, 19 * 128 + 256).Select(i => i % 16 < 8 ? short.MinValue : short.MaxValue)];
        byte[] found = Pixels(Settings.Record(Picture), samples, Picture.Length);
        double[] exact = new LogMelReference(Settings).Pixels(samples, Picture);
        Assert.All(found.Zip(exact), pair => Assert.InRange(pair.First - pair.Second, -2, 2));
    }

    [Fact]
    public void Records_that_would_lead_outside_are_refused_at_the_field_and_all_others_run_inside()
    {
        byte[] valid = Settings.Record(Picture);
        fixed (byte* p = valid)
        {
            Assert.Equal(valid.Length, LogMelRecord.TotalBytes(p, 0));
            Assert.Equal(-1, LogMelCheck.Fault(p, 0, valid.Length, Picture.Length));
            Assert.Equal(LogMelRecord.BandsAt, LogMelCheck.Fault(p, 0, valid.Length - 1, Picture.Length));
            Assert.Equal(LogMelRecord.FramesAt, LogMelCheck.Fault(p, 0, valid.Length, Picture.Length + 32));
        }
        var random = new Random(3);
        using var memory = new GuardedMemory(valid.Length);
        int accepted = 0;
        for (int i = 0; i < 3000; i++)
        {
            byte[] damaged = [.. valid];
            damaged[i % 3 == 0 ? random.Next(LogMelRecord.HeaderBytes) : random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
            byte* record = memory.PlaceReadOnly(damaged);
            if (LogMelCheck.Fault(record, 0, damaged.Length, Picture.Length) >= 0) continue;
            accepted++;
            using var samples = new GuardedMemory(2 * LogMelRecord.Samples(record, 0));
            using var scratch = new GuardedMemory(LogMel.ScratchBytes(record, 0));
            using var picture = new GuardedMemory(Picture.Length);
            LogMel.Picture(
                record, 0, samples.Place(2 * LogMelRecord.Samples(record, 0)), 0, scratch.Place(LogMel.ScratchBytes(record, 0)), 0,
                picture.Place(Picture.Length), 0);
        }
        Assert.InRange(accepted, 500, 2900);
    }

    private static int Edge(byte[] record, int index)
    {
        fixed (byte* p = record) return Memory.UInt16(p, LogMelRecord.Edges(p, 0) + 2 * index);
    }

    private static byte[] Pixels(byte[] record, short[] samples, int count)
    {
        byte[] pixels = new byte[count];
        byte[] scratch = new byte[8 << LogMelRecord.MaxSizeBits];
        fixed (byte* block = record, work = scratch, to = pixels)
        fixed (short* from = samples)
        {
            Assert.Equal(LogMelRecord.Samples(block, 0), samples.Length);
            LogMel.Picture(block, 0, (byte*)from, 0, work, 0, to, 0);
        }
        return pixels;
    }

    /// <summary>A rising tone, its overtone and some noise.</summary>
    private static short[] Sound(int count, int rate)
    {
        var random = new Random(9);
        return
        [
            .. Enumerable.Range(0, count).Select(i =>
            {
                double phase = 2 * Math.PI * (200 + rate / 16.0 * i / count) * i / rate;
                return (short)(9000 * Math.Sin(phase) + 1000 * Math.Sin(3.1 * phase) + random.Next(-40, 41));
            }),
        ];
    }
}
