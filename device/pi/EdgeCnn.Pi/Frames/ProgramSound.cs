using System;
using System.Collections.Generic;
using System.IO;

namespace EdgeCnn.Pi.Frames;

/// <summary>A program that writes samples: one that records without end, or one that decodes a file.</summary>
internal sealed class ProgramSound(string name, bool isLive, string program, IEnumerable<string> arguments) : ISampleStream
{
    private readonly ChildProgram _program = new(program, arguments);

    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public bool IsLive => isLive;

    /// <inheritdoc/>
    public int Read(Span<byte> bytes)
    {
        int count = _program.Output.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        if (count == bytes.Length) return count;
        _program.RequireGoodEnd();
        return isLive ? throw new IOException($"{program} ended") : count;
    }

    /// <inheritdoc/>
    public void Dispose() => _program.Dispose();
}
