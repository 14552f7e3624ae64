using System.IO;
using EdgeCnn.Tests;
using Xunit;

namespace EdgeCnn.Device.Tests;

public sealed class LearnerFirmwareTests(LearningFixture fixture) : IClassFixture<LearningFixture>
{
    [Theory]
    [InlineData("mps2-an385", 100)]
    [InlineData("mps2-an386", LearningFixture.SampleCount)]
    public void Everything_learned_is_what_the_desktop_learned(string board, int samples)
    {
        CommandResult run = new Firmware(board, fixture.ModelPath) { Program = "learner", Folder = fixture.FolderOf(samples) }.Run();

        Assert.Matches($"^samples {samples} right [0-9]+ hash {fixture.Hashes[samples - 1]:x16}\n$", run.Output);
        Assert.Equal(0, run.ExitCode);
        Measured.Note($"{board}: the weights of LeNet-5 after {samples} learned samples are the desktop's");
    }

    [Fact]
    public void A_model_without_a_plan_is_refused()
    {
        string model = Path.Combine(Repository.Root, "models", "lenet5", "model.ecnn"), folder = fixture.FolderOf(1);
        string copy = Path.Combine(folder, "plain.ecnn");
        File.Copy(model, copy, overwrite: true);

        CommandResult run = new Firmware("mps2-an386", copy) { Program = "learner", Folder = folder }.Run();

        Assert.Equal("the model has no LEARN section\n", run.Output);
        Assert.Equal(1, run.ExitCode);
    }
}
