using System;
using System.Diagnostics;
using System.IO;
using EdgeCnn.Pi.Settings;
using EdgeCnn.Pi.Tests.Support;
using EdgeCnn.Tests;
using Xunit;

namespace EdgeCnn.Pi.Tests;

public sealed class InstallTests : IDisposable
{
    private static readonly string Device = Path.Combine(Repository.Root, "device", "pi");
    private static readonly string Unit = Path.Combine(Device, "systemd", "edgecnn-pi.service");
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void Installing_again_replaces_the_program_and_keeps_the_settings()
    {
        Assert.Equal(0, Install("first"));
        string settings = _scratch.At("root", "etc", "edgecnn-pi", "settings.json");
        Assert.Equal(8080, SettingsLoader.Load([$"--config={settings}"]).Web.Port);
        File.WriteAllText(settings, """{ "Web": { "Port": 80 } }""");
        Assert.Equal(0, Install("second"));
        Assert.Equal(80, SettingsLoader.Load([$"--config={settings}"]).Web.Port);
        Assert.Equal("second", File.ReadAllText(_scratch.At("root", "opt", "edgecnn-pi", "edgecnn-pi")));
        Assert.Equal(TestModels.Digits, File.ReadAllBytes(_scratch.At("root", "opt", "edgecnn-pi", "model.ecnn")));
        Assert.True(File.Exists(_scratch.At("root", "etc", "systemd", "system", "edgecnn-pi.service")));
    }

    [Fact]
    public void Without_a_program_it_says_how_to_make_one()
    {
        string model = _scratch.Write("model.ecnn", TestModels.Digits);
        (int exitCode, string error) = Run(Path.Combine(Device, "install.sh"), _scratch.Folder, model);
        Assert.Equal(2, exitCode);
        Assert.Contains("dotnet publish device/pi/EdgeCnn.Pi", error);
    }

    [Fact]
    public void The_unit_is_one_of_systemd_and_lets_the_program_do_little_else()
    {
        Assert.SkipUnless(Tools.Exists("systemd-analyze"), "systemd-analyze is not installed");
        (int exitCode, string words) = Run("systemd-analyze", "verify", Unit);
        // All it may miss is the program, which is not installed here.
        foreach (string line in words.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            Assert.Contains("/opt/edgecnn-pi/edgecnn-pi is not executable", line);
        (exitCode, words) = Run("systemd-analyze", "security", "--offline=true", "--no-pager", "--threshold=20", Unit);
        Assert.True(exitCode == 0, words);
    }

    private int Install(string program)
    {
        string published = Directory.CreateDirectory(_scratch.At("published")).FullName, file = Path.Combine(published, "edgecnn-pi");
        File.WriteAllText(file, program);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return Run(Path.Combine(Device, "install.sh"), published, _scratch.Write("model.ecnn", TestModels.Digits)).ExitCode;
    }

    private (int ExitCode, string Error) Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true };
        start.Environment["DESTDIR"] = _scratch.At("root");
        using Process process = Process.Start(start)!;
        _ = process.StandardOutput.ReadToEndAsync();
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, error);
    }
}
