using System;
using System.Linq;
using EdgeCnn.Managed;
using Xunit;

namespace EdgeCnn.Device.Tests;

/// <summary>Windows of sound become the model's input, and those that hold a word are told from others.</summary>
public sealed unsafe class SoundTests : IDisposable
{
    private readonly EdgeModel _model = TestModel.Open("dscnn-digits");
    private readonly int _count;
    private Sound _sound;

    public SoundTests()
    {
        Assert.Equal(Fault.None, _sound.Open(_model.ModelPointer, 0));
        _count = _model.Inputs[0].SoundSamples;
    }

    public void Dispose()
    {
        _sound.Close();
        _model.Dispose();
    }

    [Fact]
    public void The_input_is_the_one_that_the_application_gets()
    {
        short[] window = Noise(_count, 20_000);
        fixed (short* samples = window) _sound.Into(samples, _model.ArenaPointer);
        byte[] input = _model.Bytes(_model.Inputs[0]).ToArray();
        _model.Bytes(_model.Inputs[0]).Clear();
        _model.SetSound(window);
        Assert.Equal(_model.Bytes(_model.Inputs[0]).ToArray(), input);
    }

    [Theory]
    [InlineData(0.5, true)]
    [InlineData(0.4, true)]
    [InlineData(0.6, true)]
    [InlineData(0.36, false)]
    [InlineData(0.64, false)]
    [InlineData(0.1, false)]
    public void A_word_counts_within_an_eighth_of_the_middle(double middle, bool isHeld)
    {
        short[] window = new short[_count];
        Noise(2000, 3000).CopyTo(window, (int)(middle * _count) - Math.Min(1000, (int)(middle * _count)));
        Assert.Equal(isHeld, HoldsWord(window, 100));
    }

    [Fact]
    public void What_is_as_quiet_as_said_is_no_word()
    {
        short[] hum = [.. Enumerable.Range(0, _count).Select(i => (short)(i % 2 == 0 ? 99 : -99))];
        Assert.False(HoldsWord(hum, 100));
        Assert.True(HoldsWord(hum, 99));
        Assert.False(HoldsWord(new short[_count], 1));
        Assert.True(HoldsWord([.. Enumerable.Repeat(short.MinValue, _count)], short.MaxValue));
    }

    [Fact]
    public void A_model_for_pictures_takes_no_sound()
    {
        using EdgeModel model = TestModel.Open("hand-signs");
        Sound sound = default;
        Assert.Equal(Fault.NotASound, sound.Open(model.ModelPointer, 0));
    }

    private bool HoldsWord(short[] window, int quiet)
    {
        fixed (short* samples = window) return _sound.HoldsWord(samples, quiet);
    }

    private static short[] Noise(int count, int loudest)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, count).Select(_ => (short)random.Next(-loudest, loudest))];
    }
}
