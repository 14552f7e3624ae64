using System;
using EdgeCnn.Trainer;
using EdgeCnn.Trainer.Layers;
using EdgeCnn.Trainer.Numerics;
using Xunit;

namespace EdgeCnn.Tests.Layers;

public unsafe class WinogradProductTests
{
    private const int Count = 3, Channels = 16, Filters = 32;

    [Theory]
    [InlineData(6, 4)]
    [InlineData(2, 2)]
    [InlineData(10, 18)]
    public void Convolution_and_kernel_gradient_equal_plain_sums(int height, int width)
    {
        var (images, deltas) = (Random(Count * height * width * Channels, 1), Random(Count * height * width * Filters, 2));
        var (kernel, bias) = (Random(9 * Channels * Filters, 3), Random(Filters, 4));
        var product = new WinogradProduct<double>(height, width, Channels, Filters);
        var (outputs, scratch) = (new Block<double>(deltas.Length), new Block<double>(product.ScratchLength));
        scratch.Span.Fill(double.NaN);
        product.KernelChanged(kernel.Pointer);
        product.Convolve(images.Pointer, Count, bias.Pointer, outputs.Pointer, scratch.Pointer);

        var (expected, gradient) = (new double[outputs.Length], new double[kernel.Length]);
        for (var position = 0; position < Count * height * width; position++)
        {
            bias.Span.CopyTo(expected.AsSpan(position * Filters));
            for (var tap = 0; tap < 9; tap++)
            {
                int y = position / width % height + tap / 3 - 1, x = position % width + tap % 3 - 1;
                if (y < 0 || y >= height || x < 0 || x >= width)
                    continue;
                for (var i = 0; i < Channels * Filters; i++)
                {
                    var value = images.Span[(position + (tap / 3 - 1) * width + tap % 3 - 1) * Channels + i / Filters];
                    var place = position * Filters + i % Filters;
                    expected[place] += value * kernel.Span[tap * Channels * Filters + i];
                    gradient[tap * Channels * Filters + i] += value * deltas.Span[place];
                }
            }
        }

        Close(expected, outputs.Span);
        var actual = product.KernelGradient(images.Pointer, deltas.Pointer, Count, scratch.Pointer);
        Close(gradient, new ReadOnlySpan<double>(actual, kernel.Length));
    }

    [Fact]
    public void Only_even_images_with_a_border_of_one_are_taken()
    {
        var kernel = new Extent(3, 3);
        Assert.True(Suits(new Shape(8, 6, 16), kernel, 1, 1));
        Assert.False(Suits(new Shape(7, 6, 16), kernel, 1, 1));
        Assert.False(Suits(new Shape(8, 6, 15), kernel, 1, 1));
        Assert.False(Suits(new Shape(8, 6, 16), kernel, 2, 1));
        Assert.False(Suits(new Shape(8, 6, 16), kernel, 1, 0));
        Assert.False(Suits(new Shape(8, 6, 16), new Extent(5, 5), 1, 2));
    }

    private static bool Suits(Shape input, Extent kernel, int stride, int padding) =>
        WinogradProduct<float>.Suits(new Window(input, kernel, new Extent(stride, stride), Padding.Of(padding)), Filters);

    private static void Close(ReadOnlySpan<double> expected, ReadOnlySpan<double> actual)
    {
        for (var i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], 1e-11);
    }

    private static Block<double> Random(int length, ulong seed)
    {
        var block = new Block<double>(length);
        var random = new SplitMix64(seed, 0);
        foreach (ref var value in block.Span)
            value = random.Between(-1, 1);
        return block;
    }
}
