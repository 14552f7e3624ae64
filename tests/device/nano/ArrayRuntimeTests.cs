using System.Linq;
using EdgeCnn.Managed;
using EdgeCnn.Tests;
using Xunit;

namespace EdgeCnn.Device.Tests;

public sealed class ArrayRuntimeTests(ModelFixture fixture) : IClassFixture<ModelFixture>
{
    private readonly ArrayRuntime _runtime = new();

    [Theory]
    [MemberData(nameof(GoldenModel.Names), MemberType = typeof(GoldenModel))]
    public void Public_models_hash_as_in_the_pointer_build(string name)
    {
        GoldenModel golden = GoldenModel.Load(name);
        byte[] arena = _runtime.CreateArena(golden.Model);
        Assert.Equal(ModelError.None, _runtime.Verify(golden.Model, arena.Length, out _));
        for (int i = 0; i < golden.Inputs.Count; i++)
        {
            _runtime.SetInput(golden.Model, arena, golden.Inputs[i]);
            Assert.Equal(golden.Hashes[i], _runtime.RunProbed(golden.Model, arena));
        }
    }

    [Fact]
    public void Every_operator_of_every_input_hashes_as_in_the_pointer_build()
    {
        byte[] arena = _runtime.CreateArena(fixture.Model);
        Assert.Equal(ModelError.None, _runtime.Verify(fixture.Model, arena.Length, out _));

        for (int i = 0; i < fixture.Inputs.Length; i++)
        {
            _runtime.SetInput(fixture.Model, arena, fixture.Inputs[i]);
            Assert.Equal(fixture.Hashes[i], _runtime.RunProbed(fixture.Model, arena));
        }
        Measured.Note($"array build: {fixture.Hashes.Sum(hashes => hashes.Length)} hashes of {fixture.Inputs.Length} images equal to the desktop's");
    }

    [Fact]
    public void Running_without_a_probe_leaves_the_same_arena()
    {
        byte[] arena = _runtime.CreateArena(fixture.Model), probed = _runtime.CreateArena(fixture.Model);
        _runtime.SetInput(fixture.Model, arena, fixture.Inputs[0]);
        _runtime.SetInput(fixture.Model, probed, fixture.Inputs[0]);

        _runtime.Run(fixture.Model, arena);
        _runtime.RunProbed(fixture.Model, probed);

        Assert.NotEqual(0, arena.Max());
        Assert.Equal(probed, arena);
    }

    [Fact]
    public void A_damaged_model_is_refused_for_the_same_reason_at_the_same_place()
    {
        byte[] damaged = [.. fixture.Model];
        for (int at = 0; at < damaged.Length; at += 97)
        {
            damaged[at] ^= 0x40;
            ModelException desktop = Assert.Throws<ModelException>(() => EdgeModel.Open(damaged));
            Assert.Equal(desktop.Error, _runtime.Verify(damaged, int.MaxValue, out int where));
            Assert.Equal(desktop.Where, where);
            damaged[at] ^= 0x40;
        }
    }
}
