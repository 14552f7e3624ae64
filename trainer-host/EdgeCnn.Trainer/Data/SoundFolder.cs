using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using EdgeCnn.Trainer.Data.Files;
using EdgeCnn.Trainer.Data.Sound;
using EdgeCnn.Trainer.Kinds;
using EdgeCnn.Trainer.Recipes;

namespace EdgeCnn.Trainer.Data;

/// <summary>
/// Clips of sound (WAV, 1 channel, 16 bits) with their class in their names, in folders or a <c>.zip</c> archive, as log-mel pictures: the
/// recipe's input is [frames, bands, 1]. A clip stands in the middle of its picture. The model file carries the tables, so that a device
/// computes the same pictures (<see cref="LogMel"/>).
/// </summary>
[Kind("wav")]
public sealed class SoundFolder : DataSource
{
    private readonly LabelledFiles _samples;
    private readonly LogMelSettings _settings;

    /// <summary>A source of sounds.</summary>
    /// <param name="files">Which files are samples, as for <see cref="ImageFolder"/>.</param>
    /// <param name="test">Which of them are to test with; null: they are drawn by <paramref name="seed"/>.</param>
    /// <param name="testShare">Share of every class to draw for testing, between 0 and 1.</param>
    /// <param name="seed">What the split and the order of the samples are drawn from.</param>
    /// <param name="archive">Name of the <c>.zip</c> file in the data folder, when there are several or folders beside it.</param>
    /// <param name="rate">Samples per second; all files must have it.</param>
    /// <param name="frame">Samples of a frame, 16 to 2048; the transform is the next power of two.</param>
    /// <param name="hop">Samples from one frame's start to the next one's.</param>
    /// <param name="low">Where the lowest band begins, in Hz.</param>
    /// <param name="high">Where the highest band ends, in Hz; 0: at half the rate.</param>
    /// <param name="quietest">Level that becomes pixel 0, in dB below the loudest sine, which becomes 255.</param>
    public SoundFolder(
        string files = "**/{class}/*.wav", string? test = null, double testShare = 0.2, ulong seed = 1, string? archive = null,
        int rate = 16000, int frame = 512, int hop = 256, double low = 20, double high = 0, double quietest = -80)
    {
        _samples = new LabelledFiles(files, test, testShare, seed, archive);
        Require.Within(rate, 100, 1_000_000, nameof(rate));
        Require.Within(frame, 1 << LogMelRecord.MinSizeBits, 1 << LogMelRecord.MaxSizeBits, nameof(frame));
        Require.Within(hop, 1, ushort.MaxValue, nameof(hop));
        Require.Within(low, 0, rate / 2.0, nameof(low));
        high = high == 0 ? rate / 2.0 : Require.Within(high, low, rate / 2.0, nameof(high));
        _settings = new LogMelSettings(rate, frame, hop, low, high, Require.Within(quietest, -150, -10, nameof(quietest)));
    }

    /// <inheritdoc/>
    public override DataSplit Load(DataRequest request)
    {
        var record = SoundRecord(request.Input);
        using var files = _samples.Open(NeededPlace(request.Folder));
        var (train, test) = _samples.Find(files, request.Classes);
        var pictures = new LogMelPictures(record);
        return new DataSplit(Part(train), Part(test));

        Dataset Part(LabelledFile[] samples) => LoadPart(files, samples, pictures, request);
    }

    /// <inheritdoc/>
    public override byte[] SoundRecord(Shape input)
    {
        const int mostFrames = (1 << 13) - 1, mostBands = 512;
        if (input.Channels != 1 || input.Width > mostBands || input.Height > mostFrames)
            throw new RecipeException(
                $"input: the recipe says {input}; log-mel pictures are [frames, bands, 1], up to [{mostFrames}, {mostBands}, 1]");
        try
        {
            return _settings.Record(input);
        }
        catch (SettingException refused)
        {
            throw new RecipeException($"data.{refused.Message}", refused);
        }
    }

    private Dataset LoadPart(FileSet files, LabelledFile[] samples, LogMelPictures pictures, DataRequest request)
    {
        var pixels = new byte[checked(samples.Length * request.Input.Length)];
        for (var i = 0; i < samples.Length; i++)
        {
            request.Cancellation.ThrowIfCancellationRequested();
            var clip = WavFile.Read(files.Read(samples[i].Name), _settings.Rate, files.PathOf(samples[i].Name));
            pictures.Into(clip, pixels.AsSpan(i * request.Input.Length, request.Input.Length));
        }

        return new Dataset(request.Input, pixels, [.. samples.Select(sample => sample.Label)], request.Classes);
    }
}
