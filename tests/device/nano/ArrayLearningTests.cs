using EdgeCnn.Tests;
using Xunit;

namespace EdgeCnn.Device.Tests;

public sealed class ArrayLearningTests(LearningFixture fixture) : IClassFixture<LearningFixture>
{
    [Fact]
    public void Everything_learned_is_what_the_pointer_build_learned()
    {
        var runtime = new ArrayRuntime();
        byte[] arena = runtime.CreateArena(fixture.Model);
        Assert.Equal(ModelError.None, runtime.Verify(fixture.Model, arena.Length, out _));
        runtime.Reset(fixture.Model, arena);

        for (int i = 0; i < LearningFixture.SampleCount; i++)
        {
            runtime.SetInput(fixture.Model, arena, fixture.Samples[i].Input);
            runtime.Learn(fixture.Model, arena, fixture.Samples[i].Label);
            if (i % 100 == 99) Assert.Equal(fixture.Hashes[i], runtime.LearnedHash(fixture.Model, arena));
        }
        Measured.Note($"array build: the weights of LeNet-5 after {LearningFixture.SampleCount} learned samples are the desktop's");
    }
}
