using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using EdgeCnn.Managed;
using EdgeCnn.Tests;
using Xunit;

namespace EdgeCnn.Device.Tests;

/// <summary>The static program, made for this machine's processor.</summary>
public sealed unsafe partial class StaticProgramTests : IDisposable
{
    private const int Frames = 6;

    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(1);
    private static readonly FrameShape s_shape = new(PixelFormat.Nv12, 320, 240);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("edgecnn-static-");
    private readonly string _program = StaticProgram.Build("x64");
    private readonly string _frames;
    private readonly string _model;

    public StaticProgramTests()
    {
        byte[] bytes = new byte[Frames * s_shape.FrameBytes];
        new Random(3).NextBytes(bytes);
        _frames = Write("frames", bytes);
        _model = Write("learning.ecnn", TestModel.Learning("hand-signs"));
    }

    [Fact]
    public void Every_frame_has_the_input_and_the_label_that_it_has_in_the_application()
    {
        CommandResult result = Run(_model, "--frames", _frames, "--format", "nv12", "--size", "320x240");
        Assert.Equal(0, result.ExitCode);
        Assert.Equal(Expected(File.ReadAllBytes(_frames)), FrameLine().Matches(result.Output).Select(match => match.Groups[1].Value));
    }

    [Fact]
    public void It_is_small_and_starts_at_once()
    {
        TimeSpan best = TimeSpan.MaxValue;
        string ready = "";
        for (int i = 0; i < 20; i++)
        {
            var time = Stopwatch.StartNew();
            CommandResult result = Run(_model, "--frames", "/dev/null");
            if (time.Elapsed < best) best = time.Elapsed;
            Assert.Equal(0, result.ExitCode);
            ready = result.Output.Split('\n')[0];
        }
        long bytes = new FileInfo(_program).Length;
        Measured.Note($"static program, x64: {bytes:n0} bytes; started, ready and ended in {best.TotalMilliseconds:f1} ms; {ready}");
        Assert.StartsWith("ready after ", ready, StringComparison.Ordinal);
    }

    [Fact]
    public void A_lesson_is_kept_and_taken_back()
    {
        string first = Weights(Run([.. Teaching, "--teach", "3", "--at", "2"]));
        string second = Weights(Run([.. Teaching, "--teach", "4", "--at", "1"]));
        Assert.NotEqual(first, second);
        Assert.Equal(["000001.delta", "000002.delta"], Deltas());
        Assert.NotEqual(second, Weights(Run(_model, "--deltas", _folder.FullName, "--undo")));
        Assert.Equal(["000001.delta"], Deltas());
        Assert.Equal(0, Run(_model, "--deltas", _folder.FullName, "--undo").ExitCode);
        CommandResult nothing = Run(_model, "--deltas", _folder.FullName, "--undo");
        Assert.Equal(1, nothing.ExitCode);
        Assert.Contains("there is nothing to undo", nothing.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Killed_in_the_middle_of_saving_it_still_has_the_lesson_before()
    {
        string[] teaching = [.. Teaching, "--teach", "3"];
        string first = Weights(Run([.. teaching, "--at", "2"]));
        long bytes = new FileInfo(Path.Combine(_folder.FullName, "000001.delta")).Length;
        // The kernel ends a program that writes more than so many blocks of 1,024 bytes to a file.
        for (int blocks = 0; blocks * 1024 < bytes; blocks++)
        {
            string limited = string.Join(' ', [$"ulimit -f {blocks}; exec", _program, .. teaching, "--at", "1"]);
            CommandResult killed = Command.Run("bash", ["-c", limited], s_limit);
            Assert.True(killed.ExitCode > 128, $"{blocks} blocks: {killed.Output}");
            Assert.Equal(["000001.delta"], Deltas());
        }
        Assert.Contains("learned frame 1 as 3, delta 2 ", Run([.. teaching, "--at", "1"]).Output, StringComparison.Ordinal);
        Assert.Contains($"delta 1 weights", Run(_model, "--deltas", _folder.FullName, "--undo").Output, StringComparison.Ordinal);
        Assert.Equal(16, first.Length);
        Assert.Empty(_folder.GetFiles(".delta.tmp"));
    }

    [Theory]
    [InlineData(2, "usage: edgecnn-camera MODEL")]
    [InlineData(2, "--size: wrong, or a value is missing", "MODEL", "--size", "640")]
    [InlineData(2, "--format: wrong, or a value is missing", "MODEL", "--format", "mjpeg")]
    [InlineData(2, "--count: wrong, or a value is missing", "MODEL", "--count")]
    [InlineData(2, "--wrong: wrong, or a value is missing", "MODEL", "--wrong", "1")]
    [InlineData(2, "--outputs: wrong, or a value is missing", "MODEL", "--outputs", "1,,2")]
    [InlineData(2, "--enter: wrong, or a value is missing", "MODEL", "--enter", "257")]
    [InlineData(2, "--teach: give --deltas", "MODEL", "--teach", "1")]
    [InlineData(1, "nothing.ecnn: it can't be read (errno 2)", "nothing.ecnn")]
    [InlineData(1, "FRAMES: refused with error", "FRAMES")]
    [InlineData(1, "/dev/video99: no such device; plug it in, or name another one (errno 2)", "MODEL", "--camera", "/dev/video99")]
    [InlineData(1, "/dev/null: this device is no camera", "MODEL", "--camera", "/dev/null")]
    [InlineData(1, "FRAMES: no frame has this format and size", "MODEL", "--frames", "FRAMES", "--size", "321x240")]
    [InlineData(1, "FRAMES: the frames ended in the middle of one", "MODEL", "--frames", "FRAMES", "--size", "322x240")]
    [InlineData(1, "nothing: it can't be read (errno 2)", "MODEL", "--frames", "nothing")]
    [InlineData(1, "/dev/null: this device is no GPIO chip", "MODEL", "--frames", "FRAMES", "--chip", "/dev/null", "--outputs", "4")]
    [InlineData(1, "no-such-chip: no such device", "MODEL", "--frames", "FRAMES", "--chip", "no-such-chip", "--button", "4")]
    [InlineData(1, "/nowhere: it can't be read (errno 2)", "MODEL", "--deltas", "/nowhere")]
    [InlineData(1, "/dev/full: the disk is full", "MODEL", "--frames", "FRAMES", "--size", "8x8", "--keep", "/dev/full")]
    public void What_is_wrong_is_said_with_an_exit_code(int code, string message, params string[] arguments)
    {
        CommandResult result = Run([.. arguments.Select(name => name switch { "MODEL" => _model, "FRAMES" => _frames, _ => name })]);
        Assert.Contains(message.Replace("FRAMES", _frames, StringComparison.Ordinal), result.Output, StringComparison.Ordinal);
        Assert.Equal(code, result.ExitCode);
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Delete(recursive: true);

    private string[] Teaching =>
        [_model, "--frames", _frames, "--format", "nv12", "--size", "320x240", "--deltas", _folder.FullName];

    private CommandResult Run(params string[] arguments) => Command.Run(_program, arguments, s_limit);

    private string Write(string name, byte[] bytes)
    {
        string path = Path.Combine(_folder.FullName, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    private IEnumerable<string> Deltas() => _folder.GetFiles("*.delta").Select(file => file.Name).Order(StringComparer.Ordinal);

    private static string Weights(CommandResult result)
    {
        Assert.True(result.ExitCode == 0, result.Output);
        return WeightsOf().Match(result.Output).Groups[1].Value;
    }

    private static List<string> Expected(byte[] frames)
    {
        using EdgeModel model = TestModel.Open("hand-signs");
        var lines = new List<string>();
        Classifier classifier = default;
        Assert.Equal(Fault.None, classifier.Open(model.ModelPointer, model.ArenaPointer, false, s_shape));
        fixed (byte* first = frames)
        {
            for (int i = 0; i < Frames; i++)
            {
                classifier.Prepare(first + i * s_shape.FrameBytes);
                string input = $"{classifier.InputHash():x16}";
                int label = classifier.Run();
                lines.Add($"frame {i} input {input} label {label} score {classifier.Score(label)}");
            }
        }
        classifier.Close();
        return lines;
    }

    [GeneratedRegex("^(frame .*) shown", RegexOptions.Multiline)]
    private static partial Regex FrameLine();

    [GeneratedRegex("weights ([0-9a-f]{16})")]
    private static partial Regex WeightsOf();
}
