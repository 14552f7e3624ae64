using EdgeCnn.Pi.Settings;
using EdgeCnn.Pi.Tests.Support;
using Xunit;

namespace EdgeCnn.Pi.Tests;

public sealed class SettingsTests
{
    [Fact]
    public void What_comes_later_wins_file_then_arguments()
    {
        using var scratch = new Scratch();
        string file = scratch.Write(
            "settings.json", """{ "Camera": { "Width": 320, "Height": 240 }, "Teach": { "Buttons": { "five": 17 } } }"""u8.ToArray());
        PiSettings settings = SettingsLoader.Load([$"--config={file}", "--Camera:Width=1280", "--Outputs:Lines=Frame"]);
        Assert.Equal((1280, 240), (settings.Camera.Width, settings.Camera.Height));
        Assert.Equal(Occasion.Frame, settings.Outputs.Lines);
        Assert.Equal(17, settings.Teach.Buttons["five"]);
    }

    [Theory]
    [InlineData("--Camera:Width=7", "Camera:Width is '7': must be 16 to 4096")]
    [InlineData("--Camera:Width=641", "Camera:Width is '641': must be a multiple of 2")]
    [InlineData("--Camera:Width=wide", "Camera:Width")]
    [InlineData("--Camera:Widht=640", "Camera: there is no setting 'Widht'; --help lists all")]
    [InlineData("--Camera:Source=telescope", "Camera:Source")]
    [InlineData("--Answer:LeavePercent=61", "Answer:LeavePercent is '61': must not be above EnterPercent")]
    [InlineData("--Web:Address=everywhere", "Web:Address is 'everywhere': must be an IP address")]
    [InlineData("--Web:Address=0.0.0.0", "Web:Token has 0 characters: others reach 0.0.0.0; set 16 or more")]
    [InlineData("--Outputs:Webhook:Url=ftp://here", "Outputs:Webhook:Url is 'ftp://here': must begin with http:// or https://")]
    [InlineData("--Outputs:Gpio:Labels:five=512", "Outputs:Gpio:Labels:five is '512': lines are numbered 0 to 511")]
    [InlineData("--Model:PublicKey=/nowhere/key.pem", "Model:PublicKey is '/nowhere/key.pem': ")]
    [InlineData("--Teach:FramesPerPress=0", "Teach:FramesPerPress is '0': must be 1 to 1000")]
    [InlineData("--Flash:Enabled=true --Flash:Address=0.0.0.0", "Flash:Address is '0.0.0.0': others reach it; set Model:PublicKey")]
    [InlineData("--Sound:Source=Microphone --Sound:Quiet=0", "Sound:Quiet is '0': must be 1 to 32767")]
    [InlineData("--Sound:Source=File", "Sound:File is '' and Sound:Source File: set the name of a file")]
    [InlineData("--Sound:Source=Pipe --Camera:File=v.mkv", "Camera:File and Sound:Source Pipe are both set: choose one of them")]
    [InlineData("--config=/nowhere/settings.json", "/nowhere/settings.json")]
    [InlineData("fast", "fast: write arguments as --Group:Name=value")]
    public void A_setting_that_makes_no_sense_is_named(string argument, string message) =>
        Assert.Contains(message, Assert.Throws<SettingsException>(() => SettingsLoader.Load(argument.Split(' '))).Message);

    [Fact]
    public void Two_uses_of_a_line_are_refused() => Assert.Contains(
        "Outputs:Gpio:Labels:a and Teach:Buttons:b are all line 4",
        Assert.Throws<SettingsException>(() => SettingsLoader.Load(["--Outputs:Gpio:Labels:a=4", "--Teach:Buttons:b=4"])).Message);

    [Fact]
    public void The_program_says_all_that_is_wrong_and_ends_with_2()
    {
        Outcome outcome = PiProgram.Run("--Camera:Width=7", "--Web:Port=65536");
        Assert.Equal(2, outcome.ExitCode);
        Assert.Empty(outcome.Output);
        Assert.Contains("edgecnn-pi: Camera:Width is '7'", outcome.Error);
        Assert.Contains("edgecnn-pi: Web:Port is '65536'", outcome.Error);
    }

    [Fact]
    public void Help_lists_every_setting()
    {
        Outcome outcome = PiProgram.Run("--help");
        Assert.Equal(0, outcome.ExitCode);
        string[] some = ["Camera:Width", "Model:PublicKey", "Outputs:Mqtt:Topic", "Outputs:Gpio:Labels:LABEL", "Web:Token"];
        foreach (string name in some)
            Assert.Contains(name, outcome.Output);
    }
}
