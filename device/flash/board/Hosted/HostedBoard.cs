using System;
using System.Runtime.InteropServices;

namespace EdgeCnn.Board;

/// <summary>The board side of the protocol for a program on .NET, such as one on a Raspberry Pi. Not for several threads at once.</summary>
public sealed unsafe class HostedBoard : IDisposable
{
    private readonly IPlatform _platform;
    private byte* _board = (byte*)NativeMemory.AlignedAlloc(BoardState.Bytes, 16);

    /// <summary>Starts the board: finds the model that runs, and what it had learned.</summary>
    /// <param name="platform">Its memory and line.</param>
    public HostedBoard(IPlatform platform)
    {
        _platform = platform;
        CurrentPlatform.Value = platform;
        Boot.Start(_board);
    }

    /// <summary>Takes a byte from the line; answers leave through <see cref="IPlatform.Send"/>.</summary>
    /// <returns>Whether the board is to start again, after what was sent has left.</returns>
    /// <exception cref="ObjectDisposedException">The board was given back.</exception>
    public bool Receive(byte value)
    {
        ObjectDisposedException.ThrowIf(_board == null, this);
        CurrentPlatform.Value = _platform;
        return Link.Receive(_board, value);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        NativeMemory.AlignedFree(_board);
        _board = null;
    }
}
