using System;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;

namespace EdgeCnn.Trainer.Data.Pictures;

/// <summary>
/// The program ffmpeg (5.1 or newer), decoding a stream of JPEG or PNG pictures of any sizes: packed pictures in, RGB bytes out, one
/// process for all. It ends at the first damaged one.
/// </summary>
internal sealed class Ffmpeg : IDisposable
{
    /// <summary>Name of the program.</summary>
    public const string Program = "ffmpeg";

    /// <summary>
    /// Reports errors only and stops at the first; the plain inverse cosine transform and colour conversion, which are the same on every
    /// processor; frames as they are, neither scaled to the first one's size nor repeated nor turned.
    /// </summary>
    private const string Arguments =
        "-v error -nostdin -xerror -err_detect explode -threads 1 -flags bitexact -idct simple -noautorotate -f avi -i pipe:0 "
        + "-autoscale 0 -fps_mode passthrough -sws_flags bitexact+accurate_rnd+full_chroma_int+full_chroma_inp -threads 1 "
        + "-f rawvideo -pix_fmt rgb24 -flush_packets 1 pipe:1";

    private const int BufferBytes = 1 << 16;

    private readonly Process _process;
    private readonly MovieStream _movie;
    private string _complaint = "";

    /// <summary>Starts the program.</summary>
    /// <param name="format">JPEG or PNG.</param>
    /// <param name="program">The program to start.</param>
    /// <exception cref="FileNotFoundException">It is not installed.</exception>
    public Ffmpeg(PictureFormat format, string program = Program)
    {
        var start = new ProcessStartInfo(program, Arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            _process = Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            throw new FileNotFoundException(
                $"{program}: is not installed; it decodes JPEG and PNG pictures. Install it (Debian: apt install ffmpeg), or convert the "
                + "pictures to PPM or BMP");
        }

        _process.ErrorDataReceived += (_, line) => _complaint = string.IsNullOrWhiteSpace(line.Data) ? _complaint : line.Data;
        _process.BeginErrorReadLine();
        var input = new BufferedStream(_process.StandardInput.BaseStream, BufferBytes);
        _movie = new MovieStream(input, format == PictureFormat.Jpeg ? "MJPG" : "MPNG");
    }

    /// <summary>Hands a picture over.</summary>
    /// <exception cref="IOException">The program has ended.</exception>
    public void Write(ReadOnlySpan<byte> picture) => _movie.Write(picture);

    /// <summary>Says that no more pictures come.</summary>
    public void EndInput()
    {
        _movie.Flush();
        _process.StandardInput.Close();
    }

    /// <summary>Reads the next picture's pixels.</summary>
    /// <exception cref="PictureException">There is none: it is damaged.</exception>
    public void Read(Span<byte> pixels)
    {
        if (_process.StandardOutput.BaseStream.ReadAtLeast(pixels, pixels.Length, throwOnEndOfStream: false) == pixels.Length)
            return;
        _process.WaitForExit();
        throw new PictureException($"can't be decoded: {(_complaint.Length > 0 ? _complaint : $"{Program} gives no reason")}");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            _process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It has ended by itself.
        }

        _process.Dispose();
    }
}
