using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using EdgeCnn.Device;
using EdgeCnn.Pi.Settings;

namespace EdgeCnn.Pi.Frames;

/// <summary>How each kind of camera is opened.</summary>
internal static class Cameras
{
    /// <summary>Columns that rows of libcamera's programs are filled up to.</summary>
    private const int LibcameraColumns = 64;

    /// <summary>The kinds in the order in which they are tried, and how they are opened.</summary>
    public static IReadOnlyList<(SourceKind Kind, Func<CameraSettings, IFrameSource> Open)> All { get; } =
    [
        (SourceKind.Rpicam, camera => Libcamera("rpicam-vid", camera)),
        (SourceKind.Libcamera, camera => Libcamera("libcamera-vid", camera)),
        (SourceKind.V4l2, camera => new V4l2Source(camera)),
        (SourceKind.Ffmpeg, Ffmpeg),
    ];

    private static RawPipe Libcamera(string program, CameraSettings camera)
    {
        if (camera.Width % LibcameraColumns != 0)
            throw new IOException($"{program} fills rows up to {LibcameraColumns} columns; set Camera:Width to a multiple of that");
        return new RawPipe(
            program,
            program,
            [
                "--nopreview", "--timeout", "0", "--codec", "yuv420", "--flush", "--framerate", Text(camera.FramesPerSecond),
                "--width", Text(camera.Width), "--height", Text(camera.Height), "--output", "-",
            ],
            new FrameShape(PixelFormat.I420, camera.Width, camera.Height));
    }

    private static RawPipe Ffmpeg(CameraSettings camera)
    {
        if (!File.Exists(camera.Device)) throw new IOException($"{camera.Device}: there is no such device");
        return new RawPipe(
            $"ffmpeg, {camera.Device}",
            "ffmpeg",
            [
                "-v", "error", "-nostdin", "-fflags", "nobuffer", "-f", "v4l2", "-framerate", Text(camera.FramesPerSecond),
                "-video_size", $"{Text(camera.Width)}x{Text(camera.Height)}", "-i", camera.Device,
                "-an", "-vf", $"scale={Text(camera.Width)}:{Text(camera.Height)}:out_range=tv",
                "-f", "rawvideo", "-pix_fmt", "yuv420p", "pipe:1",
            ],
            new FrameShape(PixelFormat.I420, camera.Width, camera.Height));
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
