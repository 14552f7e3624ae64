namespace EdgeCnn;

/// <summary>
/// The IO section (FORMAT.md, "IO"): which tensors an application fills and reads, what they are called, the labels of the classes,
/// and how sound and pixels become input integers. Strings are one length byte and UTF-8; positions of strings are relative to the section.
/// </summary>
public static unsafe class IORecord
{
    /// <summary>Bytes before the first entry.</summary>
    public const int HeaderBytes = 4;

    /// <summary>Bytes of one entry.</summary>
    public const int Bytes = 24;

    /// <summary>Most inputs and outputs together.</summary>
    public const int MaxEntries = 64;

    /// <summary>Most channels that preprocessing can have: the field is a byte.</summary>
    public const int MaxChannels = 255;

    internal const int InputCountAt = 0x00;
    internal const int OutputCountAt = 0x02;

    internal const int TensorAt = 0x00;
    internal const int DirectionAt = 0x02;
    internal const int ChannelOrderAt = 0x03;
    internal const int NameAt = 0x04;
    internal const int LabelCountAt = 0x08;
    internal const int ChannelsAt = 0x0A;
    internal const int PixelShiftAt = 0x0B;
    internal const int LabelsAt = 0x0C;
    internal const int PixelsAt = 0x10;
    internal const int SoundAt = 0x14;

    /// <summary>Number of inputs; they are the tensors 0, 1, ….</summary>
    public static int InputCount(Bytes model) => Memory.UInt16(model, ModelFile.SectionOffset(model, SectionType.IO) + InputCountAt);

    /// <summary>Number of outputs.</summary>
    public static int OutputCount(Bytes model) => Memory.UInt16(model, ModelFile.SectionOffset(model, SectionType.IO) + OutputCountAt);

    /// <summary>File offset of entry <paramref name="index"/>: the inputs, then the outputs.</summary>
    public static int Entry(Bytes model, int index) =>
        ModelFile.SectionOffset(model, SectionType.IO) + HeaderBytes + index * Bytes;

    /// <summary>Tensor number of entry <paramref name="index"/>.</summary>
    public static int TensorIndex(Bytes model, int index) => Memory.UInt16(model, Entry(model, index) + TensorAt);

    /// <summary>File offset of the record of input <paramref name="index"/>.</summary>
    public static int Input(Bytes model, int index) => ModelFile.Tensor(model, TensorIndex(model, index));

    /// <summary>File offset of the record of output <paramref name="index"/>.</summary>
    public static int Output(Bytes model, int index) =>
        ModelFile.Tensor(model, TensorIndex(model, InputCount(model) + index));

    /// <summary>Whether tensor number <paramref name="tensor"/> is an output of the model.</summary>
    public static bool IsOutput(Bytes model, int tensor)
    {
        int inputs = InputCount(model), count = inputs + OutputCount(model);
        for (int i = inputs; i < count; i++)
            if (TensorIndex(model, i) == tensor) return true;
        return false;
    }

    /// <summary>A <see cref="ChannelOrder"/>: what the channels of entry <paramref name="index"/> are.</summary>
    public static int Order(Bytes model, int index) => model[Entry(model, index) + ChannelOrderAt];

    /// <summary>Channels of the preprocessing of entry <paramref name="index"/>; 0 when it has none.</summary>
    public static int PixelChannels(Bytes model, int index) => model[Entry(model, index) + ChannelsAt];

    /// <summary>File offset of the preprocessing's int32 multiplier[channels], int32 addend[channels].</summary>
    public static int Pixels(Bytes model, int index) =>
        ModelFile.SectionOffset(model, SectionType.IO) + Memory.Int32(model, Entry(model, index) + PixelsAt);

    /// <summary>File offset of the <see cref="LogMelRecord"/> that says how sound becomes the pixels of entry <paramref name="index"/>; 0
    /// when it takes pixels only.</summary>
    public static int Sound(Bytes model, int index)
    {
        int position = Memory.Int32(model, Entry(model, index) + SoundAt);
        return position == 0 ? 0 : ModelFile.SectionOffset(model, SectionType.IO) + position;
    }

    /// <summary>Right shift that ends the preprocessing.</summary>
    public static int PixelShift(Bytes model, int index) => model[Entry(model, index) + PixelShiftAt];
}
