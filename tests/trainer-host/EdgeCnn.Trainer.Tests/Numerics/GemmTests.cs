using System;
using System.Numerics;
using EdgeCnn.Trainer.Numerics;
using Xunit;

namespace EdgeCnn.Tests.Numerics;

public unsafe class GemmTests
{
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(6, 16, 5)]
    [InlineData(7, 17, 25)]
    [InlineData(13, 9, 40)]
    [InlineData(8, 8, 3)]
    [InlineData(16, 6, 150)]
    [InlineData(5, 31, 2)]
    [InlineData(25, 6, 12)]
    [InlineData(33, 4, 7)]
    [InlineData(11, 48, 16)]
    [InlineData(100, 84, 33)]
    public void The_product_equals_a_plain_loop_of_fused_multiply_adds_bit_for_bit(int rows, int columns, int inner)
    {
        Compare<float>(rows, columns, inner, transposed: false);
        Compare<float>(rows, columns, inner, transposed: true);
        Compare<double>(rows, columns, inner, transposed: false);
        Compare<double>(rows, columns, inner, transposed: true);
    }

    [Fact]
    public void It_adds_to_what_is_there_when_the_result_is_also_the_start()
    {
        var (a, b, c) = (Random<float>(6, 1), Random<float>(16, 2), Random<float>(6 * 16, 3));
        var before = c.Span.ToArray();
        Gemm.Multiply(6, 16, 1, a.Pointer, 1, 1, b.Pointer, 16, c.Pointer, 16, c.Pointer, 16);
        Assert.Equal(MathF.FusedMultiplyAdd(a.Span[5], b.Span[15], before[95]), c.Span[95]);
    }

    [Fact]
    public void A_narrow_result_can_be_added_to_over_many_rows()
    {
        var (a, b, c) = (Random<float>(21, 1), Random<float>(3, 2), Random<float>(21 * 3, 3));
        var before = c.Span.ToArray();
        Gemm.Multiply(21, 3, 1, a.Pointer, 1, 1, b.Pointer, 3, c.Pointer, 3, c.Pointer, 3);
        for (var i = 0; i < before.Length; i++)
            Assert.Equal(MathF.FusedMultiplyAdd(a.Span[i / 3], b.Span[i % 3], before[i]), c.Span[i]);
    }

    [Theory]
    [InlineData(25, 8)]
    [InlineData(27, 8)]
    [InlineData(11, 16)]
    public void Rows_that_lie_next_to_each_other_are_added_once_to_what_is_there(int rows, int columns)
    {
        var (a, b, c) = (Random<float>(rows, 1), Random<float>(columns, 2), Random<float>(rows * columns, 3));
        var before = c.Span.ToArray();
        Gemm.Multiply(rows, columns, 1, a.Pointer, 1, 1, b.Pointer, columns, c.Pointer, columns, c.Pointer, columns);
        for (var i = 0; i < before.Length; i++)
            Assert.Equal(MathF.FusedMultiplyAdd(a.Span[i / columns], b.Span[i % columns], before[i]), c.Span[i]);
    }

    [Fact]
    public void Values_between_the_rows_of_the_result_stay_as_they_were()
    {
        var (a, b, bias, c) = (Random<float>(9 * 4, 1), Random<float>(4 * 11, 2), Random<float>(11, 3), Random<float>(9 * 20, 4));
        var before = c.Span.ToArray();
        Gemm.Multiply(9, 11, 4, a.Pointer, 4, 1, b.Pointer, 11, bias.Pointer, 0, c.Pointer, 20);
        for (var row = 0; row < 9; row++)
            Assert.Equal(before[(row * 20 + 11)..(row * 20 + 20)], c.Span.Slice(row * 20 + 11, 9).ToArray());
    }

    private static void Compare<T>(int rows, int columns, int inner, bool transposed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (a, b, bias) = (Random<T>(rows * inner, 1), Random<T>(inner * columns, 2), Random<T>(columns, 3));
        var c = new Block<T>(rows * columns);
        var (aRow, aInner) = transposed ? (1, rows) : (inner, 1);
        Gemm.Multiply(rows, columns, inner, a.Pointer, aRow, aInner, b.Pointer, columns, bias.Pointer, 0, c.Pointer, columns);
        for (var m = 0; m < rows; m++)
        {
            for (var n = 0; n < columns; n++)
            {
                var sum = bias.Span[n];
                for (var k = 0; k < inner; k++)
                    sum = T.FusedMultiplyAdd(a.Span[m * aRow + k * aInner], b.Span[k * columns + n], sum);
                Assert.Equal(sum, c.Span[m * columns + n]);
            }
        }
    }

    private static Block<T> Random<T>(int length, ulong seed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var block = new Block<T>(length);
        var random = new SplitMix64(seed, 0);
        foreach (ref var value in block.Span)
            value = T.CreateTruncating(random.Between(-1, 1));
        return block;
    }
}
