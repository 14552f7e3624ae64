using System;
using System.Linq;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Numerics;
using EdgeCnn.Trainer.Quantization;

namespace EdgeCnn.Tests;

/// <summary>Random parts of sample models: shapes, scales, zero points.</summary>
internal sealed class SampleRandom(SplitMix64 random)
{
    private SplitMix64 _random = random;

    /// <summary>0 … <paramref name="count"/> − 1.</summary>
    internal int Below(int count) => _random.Below(count);

    internal bool Coin() => Below(2) == 0;

    /// <summary>One to five dimensions of one to five places.</summary>
    internal int[] Shape() => [.. Enumerable.Range(0, 1 + Below(TensorRecord.MaxRank)).Select(_ => 1 + Below(5))];

    /// <summary>The largest height and width of an image: mostly <paramref name="largest"/>, now and then 1.</summary>
    internal int Size(int largest) => Below(4) == 0 ? 1 : largest;

    /// <summary>Three numbers from 1 to <paramref name="largest"/>.</summary>
    internal int[] Triple(int largest) => [1 + Below(largest), 1 + Below(largest), 1 + Below(largest)];

    /// <summary>A scale between <paramref name="from"/> and 32 times that.</summary>
    internal float Scale(float from) => (float)(from * Math.Pow(32, Below(1001) / 1000.0));

    /// <summary>Any zero point, the extreme ones often; 0 for int16, as the LiteRT specification has it.</summary>
    internal int ZeroPoint(int type) => type switch
    {
        ElementType.Int8 => Below(4) switch { 0 => -128, 1 => 127, _ => Below(256) - 128 },
        ElementType.UInt8 => Below(256),
        _ => 0,
    };

    internal int IntegerType() => Coin() ? ElementType.Int8 : ElementType.Int16;

    internal IntegerTensor Tensor(int[] shape, int type, float smallestScale) =>
        new(shape, new(Scale(type == ElementType.Int16 ? smallestScale / 256 : smallestScale), ZeroPoint(type)), type);

    internal byte[] Bytes(int count)
    {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++) bytes[i] = (byte)Below(256);
        return bytes;
    }
}
