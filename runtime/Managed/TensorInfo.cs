using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace EdgeCnn.Managed;

/// <summary>A tensor as an application sees it. real = <see cref="Scale"/> · (q − <see cref="ZeroPoint"/>).</summary>
public sealed class TensorInfo
{
    /// <summary>Position in the file's tensor table.</summary>
    public required int Index { get; init; }

    /// <summary>One of the constants of <see cref="ElementType"/>.</summary>
    public required int Type { get; init; }

    /// <summary>The tensor's number in the file that the model was imported from; −1 when there is none.</summary>
    public int Source { get; init; } = -1;

    /// <summary>Name, empty for a tensor that is neither input nor output.</summary>
    public string Name { get; init; } = "";

    /// <summary>Dimensions, the batch first, channels last.</summary>
    public required IReadOnlyList<int> Shape { get; init; }

    /// <summary>Number of elements.</summary>
    public required int Elements { get; init; }

    /// <summary>Real value of one integer step.</summary>
    public required float Scale { get; init; }

    /// <summary>The integer that stands for 0.</summary>
    public required int ZeroPoint { get; init; }

    /// <summary>Names of the classes, in the order of an output's elements; empty when the file names none.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>One of the constants of <see cref="EdgeCnn.ChannelOrder"/>.</summary>
    public int ChannelOrder { get; init; }

    /// <summary>Whether the file says how pixels become this input's integers.</summary>
    public bool HasPreprocessing { get; init; }

    /// <summary>Samples of sound that fill this input; 0 when the file says of no sound how to become its pixels.</summary>
    public int SoundSamples { get; init; }

    /// <summary>Samples per second of that sound; 0 without one.</summary>
    public int SoundRate { get; init; }

    /// <summary>Where the tensor starts in the arena.</summary>
    public required int ArenaOffset { get; init; }

    /// <summary>Bytes of the whole tensor.</summary>
    public int ByteCount => Elements * ElementType.Bytes(Type);

    /// <summary>The element type's name.</summary>
    public string TypeName => Type switch
    {
        ElementType.Int8 => "int8",
        ElementType.Int16 => "int16",
        ElementType.Int32 => "int32",
        _ => "uint8",
    };

    /// <summary>The real value of an integer of this tensor.</summary>
    public float Dequantize(int q) => Scale * (q - ZeroPoint);

    /// <summary>One element of this tensor's bytes, whatever its type.</summary>
    public int Element(ReadOnlySpan<byte> bytes, int index) => Type switch
    {
        ElementType.Int8 => (sbyte)bytes[index],
        ElementType.Int16 => BinaryPrimitives.ReadInt16LittleEndian(bytes[(2 * index)..]),
        ElementType.Int32 => BinaryPrimitives.ReadInt32LittleEndian(bytes[(4 * index)..]),
        _ => bytes[index],
    };

    internal static unsafe TensorInfo[] ReadInputs(byte* model) => ReadEntries(model, 0, IORecord.InputCount(model));

    internal static unsafe TensorInfo[] ReadOutputs(byte* model) =>
        ReadEntries(model, IORecord.InputCount(model), IORecord.OutputCount(model));

    /// <summary>A tensor without a name.</summary>
    internal static unsafe TensorInfo Read(byte* model, int index, int ioEntry = -1)
    {
        int tensor = ModelFile.Tensor(model, index);
        int[] shape = new int[TensorRecord.Rank(model, tensor)];
        for (int axis = 0; axis < shape.Length; axis++) shape[axis] = TensorRecord.Dimension(model, tensor, axis);
        int entry = ioEntry < 0 ? 0 : IORecord.Entry(model, ioEntry), sound = ioEntry < 0 ? 0 : IORecord.Sound(model, ioEntry);
        return new TensorInfo
        {
            Index = index,
            Type = TensorRecord.Type(model, tensor),
            Source = SourceOf(model, index),
            Name = entry == 0 ? "" : Strings(model, Memory.Int32(model, entry + IORecord.NameAt), 1)[0],
            Shape = shape,
            Elements = TensorRecord.Elements(model, tensor),
            Scale = BitConverter.Int32BitsToSingle(TensorRecord.ScaleBits(model, tensor)),
            ZeroPoint = TensorRecord.ZeroPoint(model, tensor),
            Labels = entry == 0
                ? []
                : Strings(model, Memory.Int32(model, entry + IORecord.LabelsAt), Memory.UInt16(model, entry + IORecord.LabelCountAt)),
            ChannelOrder = entry == 0 ? EdgeCnn.ChannelOrder.None : model[entry + IORecord.ChannelOrderAt],
            HasPreprocessing = entry != 0 && IORecord.PixelChannels(model, ioEntry) > 0,
            SoundSamples = sound == 0 ? 0 : LogMelRecord.Samples(model, sound),
            SoundRate = sound == 0 ? 0 : LogMelRecord.Rate(model, sound),
            ArenaOffset = TensorRecord.ArenaOffset(model, tensor),
        };
    }

    private static unsafe int SourceOf(byte* model, int index)
    {
        string[] sources = ModelInfo.ReadMeta(model).FirstOrDefault(pair => pair.Key == ModelInfo.SourceTensorsKey).Value?.Split(' ') ?? [];
        return index < sources.Length && int.TryParse(sources[index], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int source) ? source : -1;
    }

    private static unsafe TensorInfo[] ReadEntries(byte* model, int first, int count)
    {
        var tensors = new TensorInfo[count];
        for (int i = 0; i < count; i++) tensors[i] = Read(model, IORecord.TensorIndex(model, first + i), first + i);
        return tensors;
    }

    /// <summary>Strings that follow each other in the IO section.</summary>
    private static unsafe string[] Strings(byte* model, int position, int count)
    {
        byte* at = model + ModelFile.SectionOffset(model, SectionType.IO) + position;
        string[] strings = new string[count];
        for (int i = 0; i < count; i++, at += 1 + *at) strings[i] = Encoding.UTF8.GetString(at + 1, *at);
        return strings;
    }
}
