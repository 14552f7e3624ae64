namespace EdgeCnn;

/// <summary>
/// The block of the IO section that says how sound becomes an input's pixels (FORMAT.md, "Log-mel"): settings, then the tables of
/// <see cref="LogMel"/>. Offsets are in a byte array that holds the block, a model file or a trainer's memory.
/// </summary>
public static unsafe class LogMelRecord
{
    /// <summary>Bytes before the tables.</summary>
    public const int HeaderBytes = 0x18;

    /// <summary>The only kind of block.</summary>
    public const int LogMelKind = 1;

    /// <summary>Least and most of log₂ of the transform's size.</summary>
    public const int MinSizeBits = 4, MaxSizeBits = 11;

    /// <summary>Units of a band's edge in a bin.</summary>
    public const int EdgeUnits = 32;

    internal const int KindAt = 0x00;
    internal const int SizeBitsAt = 0x01;
    internal const int FrameLengthAt = 0x02;
    internal const int HopAt = 0x04;
    internal const int BandsAt = 0x06;
    internal const int RateAt = 0x08;
    internal const int FramesAt = 0x0C;
    internal const int PaddingAt = 0x0E;
    internal const int BaseAt = 0x10;
    internal const int GainAt = 0x14;

    /// <summary>log₂ of the transform's size N.</summary>
    public static int SizeBits(Bytes bytes, int block) => bytes[block + SizeBitsAt];

    /// <summary>Samples of a frame, at most N.</summary>
    public static int FrameLength(Bytes bytes, int block) => Memory.UInt16(bytes, block + FrameLengthAt);

    /// <summary>Samples from one frame's start to the next one's.</summary>
    public static int Hop(Bytes bytes, int block) => Memory.UInt16(bytes, block + HopAt);

    /// <summary>Mel bands: columns of the picture.</summary>
    public static int Bands(Bytes bytes, int block) => Memory.UInt16(bytes, block + BandsAt);

    /// <summary>Samples per second.</summary>
    public static int Rate(Bytes bytes, int block) => Memory.Int32(bytes, block + RateAt);

    /// <summary>Frames: rows of the picture.</summary>
    public static int Frames(Bytes bytes, int block) => Memory.UInt16(bytes, block + FramesAt);

    /// <summary>ln of the energy that becomes 0, in 1/2²⁰.</summary>
    public static int Base(Bytes bytes, int block) => Memory.Int32(bytes, block + BaseAt);

    /// <summary>Steps of a pixel per e-fold of the energy, in 1/2⁸.</summary>
    public static int Gain(Bytes bytes, int block) => Memory.Int32(bytes, block + GainAt);

    /// <summary>Samples that one picture is made of: (frames − 1) · hop + frame length.</summary>
    public static int Samples(Bytes bytes, int block) =>
        (Frames(bytes, block) - 1) * Hop(bytes, block) + FrameLength(bytes, block);

    /// <summary>Where the sines of the transform are.</summary>
    public static int Sines(Bytes bytes, int block) => block + HeaderBytes;

    /// <summary>Where the window is: an int16 per sample of a frame, in 1/2¹⁵.</summary>
    public static int Window(Bytes bytes, int block) => Sines(bytes, block) + Fourier.TableBytes(1 << SizeBits(bytes, block));

    /// <summary>Where the edges of the bands are: bands + 2 of uint16, in 1/32 of a bin.</summary>
    public static int Edges(Bytes bytes, int block) => Window(bytes, block) + 2 * FrameLength(bytes, block);

    /// <summary>Bytes of the whole block.</summary>
    public static int TotalBytes(Bytes bytes, int block) => Edges(bytes, block) - block + 2 * (Bands(bytes, block) + 2);
}
