using System.Collections.Generic;
using System.IO;
using EdgeCnn.Device;

namespace EdgeCnn.Pi.Frames;

/// <summary>
/// A video or a picture, decoded by the program ffmpeg (5.1 or newer) into a stream of PPM pictures (netpbm "P6"), which say their size.
/// Red, green and blue are those that <c>edgecnn run</c> sees.
/// </summary>
internal sealed class PictureStream : IFrameSource
{
    private const string Program = "ffmpeg", PpmMark = "P6";
    private const int BufferBytes = 1 << 16, FullValue = 255, MostDigits = 9;
    private readonly ChildProgram _program;
    private readonly BufferedStream _input;

    /// <summary>Starts the program.</summary>
    /// <param name="path">The file.</param>
    /// <param name="loop">Whether to begin again at the end.</param>
    /// <param name="paced">Whether to play it at its own speed.</param>
    /// <exception cref="IOException">It can't be read.</exception>
    public PictureStream(string path, bool loop, bool paced)
    {
        (Name, IsLive) = (path, paced);
        if (!File.Exists(path)) throw new IOException($"{path}: there is no such file or folder");
        _program = new ChildProgram(Program, Arguments(path, loop, paced));
        _input = new BufferedStream(_program.Output, BufferBytes);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public bool IsLive { get; }

    /// <inheritdoc/>
    public bool Read(Frame frame)
    {
        int first = _input.ReadByte();
        if (first < 0)
        {
            _program.RequireGoodEnd();
            return false;
        }
        if (first != PpmMark[0] || _input.ReadByte() != PpmMark[1]) throw Broken();
        var shape = new FrameShape(PixelFormat.Rgb, Number(), Number());
        if (Number() != FullValue || !shape.IsValid()) throw Broken();
        _input.ReadExactly(frame.Begin(shape));
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => _program.Dispose();

    /// <summary>Decodes as the trainer does: the plain inverse cosine transform and colour conversion, which are the same on every
    /// processor; frames neither repeated nor turned.</summary>
    private static IEnumerable<string> Arguments(string path, bool loop, bool paced) =>
    [
        "-v", "error", "-nostdin", "-threads", "1", "-flags", "bitexact", "-idct", "simple", "-noautorotate",
        .. loop ? (string[])["-stream_loop", "-1"] : [],
        .. paced ? (string[])["-re"] : [],
        "-i", $"file:{path}", "-an", "-fps_mode", "passthrough",
        "-sws_flags", "bitexact+accurate_rnd+full_chroma_int+full_chroma_inp",
        "-f", "image2pipe", "-c:v", "ppm", "-pix_fmt", "rgb24", "-flush_packets", "1", "pipe:1",
    ];

    private static IOException Broken() => new($"{Program} gave no PPM picture");

    /// <summary>A number of the header, with the one white space before or after it.</summary>
    private int Number()
    {
        int value = 0, digits = 0;
        for (int next = _input.ReadByte(); ; next = _input.ReadByte())
        {
            if (next is >= '0' and <= '9' && digits < MostDigits) (value, digits) = (10 * value + next - '0', digits + 1);
            else if (digits > 0 && next is ' ' or '\n') return value;
            else if (digits > 0 || next is not (' ' or '\n')) throw Broken();
        }
    }
}
