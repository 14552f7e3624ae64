using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using EdgeCnn.Board;
using LineFrame = EdgeCnn.Flash.Link.Frame;

namespace EdgeCnn.Tests.Boards;

/// <summary>A host that asks for anything, over a line that flips bits, cuts frames, repeats old ones, and says things of its own.</summary>
internal sealed class NoisyRequests(int seed)
{
    private readonly Random _random = new(seed);
    private readonly List<byte[]> _older = [];
    private ushort _number;

    /// <summary>What the line carries at the next request.</summary>
    internal byte[] Next(bool begins)
    {
        _number = begins ? (ushort)_random.Next(0x10000) : (ushort)(_number + 1);
        byte[] request = (begins ? new LineFrame(Command.Info, 0, _number, default) : Draw()).Encode();
        _older.Add(request);
        List<byte> line = [];
        for (int i = _random.Next(3); i > 0; i--) line.AddRange(Noise(request));
        // In the end it arrives, so that the session goes on.
        line.AddRange(request);
        if (_random.Next(4) == 0) line.AddRange(request);
        return [.. line];
    }

    private byte[] Noise(byte[] request)
    {
        switch (_random.Next(6))
        {
            case 0: return Bytes(_random.Next(40));
            case 1: return [0, .. Bytes(3000)];
            case 2: return request[.._random.Next(request.Length)];
            case 3: return _older[_random.Next(Math.Max(0, _older.Count - 6), _older.Count)];
            case 4: return _older[_random.Next(_older.Count)];
            default:
                byte[] flipped = [.. request];
                flipped[_random.Next(flipped.Length)] ^= (byte)(1 << _random.Next(8));
                return flipped;
        }
    }

    private LineFrame Draw()
    {
        int block = SimulatedFlash.EraseBytes * _random.Next(18), page = SimulatedFlash.PageBytes * _random.Next(130);
        int crooked = _random.Next(8) == 0 ? 4 : 0;
        int slot = _random.Next(10) switch { 0 => 0, 1 => _random.Next(int.MinValue, int.MaxValue), _ => 1 };
        return _random.Next(8) switch
        {
            0 => Request(Command.Erase, [], slot, block + crooked),
            1 or 2 or 3 => Request(Command.Page, Bytes(SimulatedFlash.PageBytes * _random.Next(4) + crooked), slot, page),
            4 or 5 => Request(Command.Learn, [], _random.Next(12)),
            6 => Request(Command.Learn, Bytes(_random.Next(9))),
            _ => Request(0x40 + _random.Next(0x40), Bytes(_random.Next(300))),
        };
    }

    private LineFrame Request(int command, byte[] tail, params ReadOnlySpan<int> words)
    {
        byte[] payload = new byte[4 * words.Length + tail.Length];
        for (int i = 0; i < words.Length; i++) BinaryPrimitives.WriteInt32LittleEndian(payload.AsSpan(4 * i), words[i]);
        tail.CopyTo(payload, 4 * words.Length);
        return new LineFrame((byte)command, 0, _number, payload);
    }

    private byte[] Bytes(int count)
    {
        byte[] bytes = new byte[count];
        _random.NextBytes(bytes);
        return bytes;
    }
}
