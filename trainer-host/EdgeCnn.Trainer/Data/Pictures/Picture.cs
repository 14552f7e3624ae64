namespace EdgeCnn.Trainer.Data.Pictures;

/// <summary>A decoded picture: rows of pixels, channels innermost, without padding.</summary>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="Channels">1: gray; 3: red, green, blue.</param>
/// <param name="Pixels">height · width · channels bytes.</param>
internal sealed record Picture(int Width, int Height, int Channels, byte[] Pixels);

/// <summary>How a picture is packed.</summary>
internal enum PictureFormat
{
    /// <summary>Windows bitmap.</summary>
    Bmp,

    /// <summary>PGM or PPM, the binary kind.</summary>
    Netpbm,

    /// <summary>JPEG.</summary>
    Jpeg,

    /// <summary>PNG.</summary>
    Png,
}

/// <summary>What a picture's first bytes tell.</summary>
/// <param name="Format">How it is packed.</param>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
internal sealed record PictureHeader(PictureFormat Format, int Width, int Height);
