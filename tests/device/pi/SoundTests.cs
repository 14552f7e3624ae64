using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using EdgeCnn.Managed;
using EdgeCnn.Pi.Frames;
using EdgeCnn.Pi.Settings;
using EdgeCnn.Pi.Tests.Support;
using EdgeCnn.Tests;
using Xunit;

namespace EdgeCnn.Pi.Tests;

/// <summary>Spoken digits through the whole program.</summary>
public sealed class SoundTests : IDisposable
{
    private const int Step = 256, Window = Words.Rate;
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void Words_of_a_stream_are_heard_exactly_as_their_windows_are_run()
    {
        var words = Words.Load();
        (int Best, int Label)[] heard = Listen(words);
        // The silence behind the last word is a window long.
        Assert.Equal((words.Samples.Length + Window) / Step, heard.Length);
        Assert.Equal(Expect(words, [.. heard.Select(frame => frame.Best >= 0)]), heard.Select(frame => frame.Best));

        (int, int)[] changes =
        [
            .. heard.Select((frame, i) => (At: (i + 1) * Step, frame.Label))
                .Where((frame, i) => frame.Label >= 0 && (i == 0 || heard[i - 1].Label != frame.Label)),
        ];
        int right = words.CountRight(changes);
        Assert.True(right >= 0.98 * words.Spoken.Count, $"{right} of {words.Spoken.Count} words");
        Measured.Note($"microphone, dscnn-digits: {right} of {words.Spoken.Count} held-back words in a stream switched their own label "
            + $"and no other, {changes.Length - right} changes too many; every window's digit as 'run' gives it");
    }

    [Fact]
    public void A_file_is_heard_as_the_same_samples_from_a_pipe()
    {
        var words = Words.Load();
        string raw = _scratch.Write("words.raw", words.Bytes()[..(2 * 20 * Words.Rate)]), sound = _scratch.At("words.wav");
        Ffmpeg.Run("-f", "s16le", "-ar", $"{Words.Rate}", "-ac", "1", "-i", raw, sound);
        string[] fromFile = Untimed(Run(null, "--Sound:Source=File", $"--Sound:File={sound}"));
        Assert.True(fromFile.Length > 20, "few words were heard");
        Assert.Equal(Untimed(Run(raw, "--Sound:Source=Pipe")), fromFile);
    }

    [Fact]
    public void A_switch_stays_until_another_word()
    {
        var words = Words.Load();
        string raw = _scratch.Write("words.raw", words.Bytes()[..(2 * 20 * Words.Rate)]);
        string[] labels = [.. Run(raw, "--Sound:Source=Pipe", "--Answer:LeavePercent=0").Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("label").GetString() ?? "none")];
        Assert.Equal("0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9".Split(' '), labels[..20]);
    }

    [Fact]
    public void The_microphone_is_asked_for_the_rate_and_the_step_that_are_set()
    {
        string program = _scratch.At("arecord");
        File.WriteAllText(program, "#!/bin/sh\necho $* > \"$0.asked\"; head -c 96000 /dev/zero; sleep 60\n");
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        using Process listening = PiProgram.Start(
            [("PATH", $"{_scratch.Folder}:{Environment.GetEnvironmentVariable("PATH")}")],
            $"--Model:Folder={_scratch.At("state")}", "--Web:Enabled=false", "--Sound:Source=Microphone", "--Sound:Device=plughw:1",
            "--Sound:Rate=16000", "--Sound:StepMilliseconds=20");
        string line;
        do line = listening.StandardError.ReadLine() ?? throw new IOException("the program has ended");
        while (!line.Contains("frames", StringComparison.Ordinal));
        listening.Kill(entireProcessTree: true);
        Assert.EndsWith("frames come from arecord, plughw:1, 16,000 samples per second", line);
        Assert.Equal("-q -D plughw:1 -t raw -f S16_LE -c 1 -r 16000 -F 20000\n", File.ReadAllText($"{program}.asked"));
    }

    [Theory]
    [InlineData("hand-signs", 8000, 1000, "it takes no sound; with Sound:Source set it takes a model that was trained on sounds")]
    [InlineData("dscnn-digits", 16000, 1000, "the sound has 16000 samples per second, the model takes 8000; set Sound:Rate to 8000")]
    [InlineData("dscnn-digits", 8000, 700, "the model takes 6272 samples at once, a window has 5600; set Sound:WindowMilliseconds to 784")]
    public void A_model_for_other_frames_says_what_to_set(string name, int rate, int window, string message)
    {
        var log = new TestLog();
        var sound = new SoundSettings { Source = SoundKind.Pipe, Rate = rate, WindowMilliseconds = window };
        using var source = new SoundWindows(new TestSound([]), sound);
        using var station = new Station(
            TestModels.Read(name), settings => settings with { Sound = sound }, first => Read(source, first), log);
        Station.Until(() => log.Lines.Any(line => line.Contains(message, StringComparison.Ordinal)), "it was said");
    }

    [Fact]
    public async Task A_press_waits_for_the_word_that_it_teaches()
    {
        var words = Words.Load();
        (int start, int end, int digit) = words.Spoken[3];
        var sound = new SoundSettings { Source = SoundKind.Pipe };
        var stream = new TestSound(words.Samples[start..end]);
        using var source = new SoundWindows(stream, sound);
        using var station = new Station(
            TestModels.TeachableWords, settings => settings with { Sound = sound }, first => Read(source, first));
        station.Frames(10);
        Task lesson = await station.Service.Inference.Ask(() => station.Service.Models.Classroom.Press(digit, frames: 4));
        station.Frames(40);
        Assert.False(lesson.IsCompleted, "silence was learned");
        stream.Speak();
        await lesson;
        int frames = await station.Service.Inference.Ask(() => station.Service.Models.Lessons!.List.Single().Frames);
        Assert.Equal(4, frames);
    }

    private static SoundWindows? Read(SoundWindows source, Frame first) => source.Read(first) ? source : null;

    /// <summary>The digit of every frame, and the label that is on; −1 for none.</summary>
    private (int Best, int Label)[] Listen(Words words) =>
    [
        .. from line in Run(_scratch.Write("words.raw", words.Bytes()), "--Sound:Source=Pipe", "--Outputs:Lines=Frame")
               .Split('\n', StringSplitOptions.RemoveEmptyEntries)
           let reading = JsonDocument.Parse(line).RootElement
           select (Digit(reading.GetProperty("best")), Digit(reading.GetProperty("label"))),
    ];

    private static int Digit(JsonElement label) => int.Parse(label.GetString() ?? "-1", CultureInfo.InvariantCulture);

    /// <summary>What 'edgecnn run' answers for the windows that hold a word, −1 for the others.</summary>
    private static IEnumerable<int> Expect(Words words, bool[] holdsWord)
    {
        using EdgeModel model = EdgeModel.Open(TestModels.Read("dscnn-digits"));
        int count = model.Inputs[0].SoundSamples;
        short[] all = [.. new short[count], .. words.Samples, .. new short[Window]];
        return [.. holdsWord.Select((holds, i) =>
        {
            if (!holds) return -1;
            model.SetSound(all.AsSpan((i + 1) * Step, count));
            model.Run();
            return model.BestClass;
        })];
    }

    private string Run(string? input, params string[] arguments)
    {
        string model = Path.Combine(Repository.Root, "models", "dscnn-digits", "model.ecnn");
        Outcome outcome = PiProgram.Run(
            input, [$"--Model:File={model}", $"--Model:Folder={_scratch.At("state")}", "--Web:Enabled=false", .. arguments]);
        Assert.True(outcome.ExitCode == 0, outcome.Error);
        return outcome.Output;
    }

    private static string[] Untimed(string lines) =>
    [
        .. from line in lines.Split('\n', StringSplitOptions.RemoveEmptyEntries)
           select line[line.IndexOf("\"frame\"", StringComparison.Ordinal)..],
    ];
}
