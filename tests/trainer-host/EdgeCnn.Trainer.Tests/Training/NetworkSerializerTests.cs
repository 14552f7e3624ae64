using System;
using System.IO;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Layers;
using EdgeCnn.Trainer.Recipes;
using EdgeCnn.Trainer.Training;
using Xunit;

namespace EdgeCnn.Tests.Training;

public sealed class NetworkSerializerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Recipe _recipe = TrainingRun.Recipe("drawn-digits");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_saved_network_comes_back_with_its_recipe()
    {
        var network = _recipe.CreateNetwork<float>(99);
        var saved = NetworkSerializer.Load(Save(network));
        Assert.Equal(_recipe.Text, saved.Recipe.Text);
        Assert.Equal(TrainingRun.Hash(network), TrainingRun.Hash(saved.Network));
        var input = new float[_recipe.Input.Length];
        Array.Fill(input, 0.5f);
        Assert.Equal(network.Forward(input).Output.ToArray(), saved.Network.Forward(input).Output.ToArray());
    }

    [Fact]
    public void Running_statistics_are_saved_and_part_of_the_fingerprint()
    {
        var recipe = TrainingRun.Residual(batch: 16);
        var network = recipe.CreateNetwork<float>();
        var norm = (BatchNorm<float>)network.Layers[1];
        var before = NetworkFingerprint.Of(network);
        norm.Mean.Values[2] = 0.25f;
        norm.Variance.Values[2] = 3;
        var path = Path.Combine(_folder.Path, "residual.ecfloat");
        NetworkSerializer.Save(path, recipe, network);
        var loaded = NetworkSerializer.Load(path).Network;
        Assert.Equal(0.25f, ((BatchNorm<float>)loaded.Layers[1]).Mean.Values[2]);
        Assert.Equal(3, ((BatchNorm<float>)loaded.Layers[1]).Variance.Values[2]);
        Assert.Equal(NetworkFingerprint.Of(network), NetworkFingerprint.Of(loaded));
        Assert.NotEqual(before, NetworkFingerprint.Of(loaded));
    }

    [Fact]
    public void Every_changed_byte_is_noticed()
    {
        var path = Save(_recipe.CreateNetwork<float>());
        var bytes = File.ReadAllBytes(path);
        for (var position = 0; position < bytes.Length; position += 997)
        {
            bytes[position] ^= 0x10;
            File.WriteAllBytes(path, bytes);
            Assert.Throws<InvalidDataException>(() => NetworkSerializer.Load(path));
            bytes[position] ^= 0x10;
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(11)]
    [InlineData(500)]
    public void A_file_that_ends_early_is_refused(int length)
    {
        var path = Save(_recipe.CreateNetwork<float>());
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..length]);
        Assert.Throws<InvalidDataException>(() => NetworkSerializer.Load(path));
    }

    [Fact]
    public void A_file_that_can_not_be_written_leaves_nothing_behind()
    {
        // A folder has the file's name, so the last step of writing, the renaming, fails.
        var path = Path.Combine(_folder.Path, "taken");
        Directory.CreateDirectory(path);
        Assert.ThrowsAny<SystemException>(() => NetworkSerializer.Save(path, _recipe, _recipe.CreateNetwork<float>()));
        Assert.Equal([path], Directory.GetFileSystemEntries(_folder.Path));
    }

    private string Save(Network<float> network)
    {
        var path = Path.Combine(_folder.Path, "model.ecfloat");
        NetworkSerializer.Save(path, _recipe, network);
        return path;
    }
}
