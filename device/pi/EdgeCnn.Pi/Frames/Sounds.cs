using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using EdgeCnn.Pi.Settings;

namespace EdgeCnn.Pi.Frames;

/// <summary>How each kind of sound is opened.</summary>
internal static class Sounds
{
    private const int Microseconds = 1000;

    /// <summary>The kinds, and how they are opened.</summary>
    public static IReadOnlyDictionary<SoundKind, Func<SoundSettings, ISampleStream>> All { get; } =
        new Dictionary<SoundKind, Func<SoundSettings, ISampleStream>>
        {
            [SoundKind.Microphone] = Microphone,
            [SoundKind.Pipe] = _ => new InputSound(),
            [SoundKind.File] = Decoded,
        };

    private static ProgramSound Microphone(SoundSettings sound) => new(
        $"arecord, {sound.Device}", isLive: true, "arecord",
        [
            "-q", "-D", sound.Device, "-t", "raw", "-f", "S16_LE", "-c", "1", "-r", Text(sound.Rate),
            "-F", Text(Microseconds * sound.StepMilliseconds),
        ]);

    private static ProgramSound Decoded(SoundSettings sound)
    {
        if (!File.Exists(sound.File)) throw new IOException($"{sound.File}: there is no such file");
        return new ProgramSound(
            sound.File, isLive: false, "ffmpeg",
            [
                "-v", "error", "-nostdin", "-flags", "bitexact", "-i", $"file:{sound.File}", "-vn",
                "-ac", "1", "-ar", Text(sound.Rate), "-f", "s16le", "pipe:1",
            ]);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
