using System.Collections.Generic;
using System.IO;
using EdgeCnn.Device;

namespace EdgeCnn.Pi.Frames;

/// <summary>A camera program that writes frames of one shape, one behind the other.</summary>
internal sealed class RawPipe(string name, string program, IEnumerable<string> arguments, FrameShape shape) : IFrameSource
{
    private readonly ChildProgram _program = new(program, arguments);

    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public bool IsLive => true;

    /// <summary>Number of the program's process.</summary>
    public int ProcessId => _program.Id;

    /// <inheritdoc/>
    public bool Read(Frame frame)
    {
        System.Span<byte> pixels = frame.Begin(shape);
        if (_program.Output.ReadAtLeast(pixels, pixels.Length, throwOnEndOfStream: false) == pixels.Length) return true;
        _program.RequireGoodEnd();
        throw new IOException($"{program} ended");
    }

    /// <inheritdoc/>
    public void Dispose() => _program.Dispose();
}
