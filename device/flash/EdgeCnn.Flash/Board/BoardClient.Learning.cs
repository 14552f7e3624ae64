using System;
using EdgeCnn.Flash.Link;

namespace EdgeCnn.Flash.Board;

public sealed partial class BoardClient
{
    /// <summary>Learns the sample in the inputs.</summary>
    /// <param name="label">Its class.</param>
    public BoardLearning Learn(int label)
    {
        ReadOnlySpan<byte> answer = Request(BoardCommand.Learn, Words((uint)label), 12);
        return new BoardLearning(Word(answer, 0), (int)Word(answer, 4), (int)Word(answer, 8));
    }

    /// <summary>Forgets what was learned; a saved delta stays.</summary>
    public void Forget() => Request(BoardCommand.Forget, default);

    /// <summary>Reads what was learned.</summary>
    /// <returns>The delta, a file as DELTA.md describes it.</returns>
    /// <exception cref="BoardSilentException">It does not come over the line as the board made it.</exception>
    public byte[] ReadDelta()
    {
        (int bytes, uint crc) = MakeDelta();
        byte[] delta = Read(bytes, (at, most) => Request(BoardCommand.ReadDelta, Words((uint)at, (uint)most), most));
        return Checksum.Of(delta) == crc
            ? delta
            : throw new BoardSilentException($"{Port}: the delta read is not the one that the board made; read it again");
    }

    /// <summary>Applies a delta to the model as in its file; what was learned otherwise is forgotten. A reset takes it back.</summary>
    public void ApplyDelta(ReadOnlySpan<byte> delta)
    {
        Put(delta);
        Request(BoardCommand.ApplyDelta, Words((uint)delta.Length));
    }

    /// <summary>Saves a delta, which the board applies whenever it starts.</summary>
    public void SaveDelta(ReadOnlySpan<byte> delta)
    {
        Put(delta);
        Request(BoardCommand.SaveDelta, Words((uint)delta.Length));
    }

    /// <summary>Saves what was learned, which the board applies whenever it starts.</summary>
    /// <returns>Bytes of the delta.</returns>
    public int SaveLearned()
    {
        int bytes = MakeDelta().Bytes;
        Request(BoardCommand.SaveDelta, Words((uint)bytes));
        return bytes;
    }

    /// <summary>Drops the saved delta, and forgets everything learned.</summary>
    public void DropDelta() => Request(BoardCommand.DropDelta, default);

    private (int Bytes, uint Crc) MakeDelta()
    {
        ReadOnlySpan<byte> answer = Request(BoardCommand.MakeDelta, default, 8);
        return ((int)Word(answer, 0), Word(answer, 4));
    }

    private void Put(ReadOnlySpan<byte> delta)
    {
        for (int at = 0, most = Info.MaxPayload - 4; at < delta.Length; at += most)
            Request(BoardCommand.PutDelta, Words(delta.Slice(at, Math.Min(most, delta.Length - at)), (uint)at));
    }
}
