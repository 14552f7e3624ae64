using EdgeCnn.Board;

namespace EdgeCnn.Device;

/// <summary>
/// The board of the protocol over files. Flash is read as memory there, and a file is not: one slot at a time is in RAM, the one that a
/// command is about, and so is one block of the journal or one delta. The slot's RAM is the model's, which runs in a window when nobody is
/// on the line.
/// </summary>
public sealed class FilePlatform : IPlatform
{
    private readonly char[] _name = "nanoframework".ToCharArray();
    private readonly BoardMemory _memory;
    private readonly FileArea _slots;
    private readonly FileArea _journal;
    private readonly FileArea _deltas;
    private readonly ILine _line;
    private readonly byte[] _answer = new byte[256];
    private readonly int _blockBytes;
    private int _answerBytes;

    /// <summary>A board.</summary>
    public FilePlatform(BoardFiles files, BoardMemory memory, ILine line, int blockBytes)
    {
        byte[] blank = new byte[blockBytes];
        Memory.Fill(blank, 0, blockBytes, 0xFF);
        _memory = memory;
        _line = line;
        _blockBytes = blockBytes;
        _slots = new FileArea(files, memory.Model, memory.Model.Length & -blockBytes, blank);
        _journal = new FileArea(files, new byte[blockBytes], blockBytes, blank);
        _deltas = new FileArea(files, memory.Small, memory.Small.Length & -blockBytes, blank);
    }

    /// <inheritdoc />
    public int EraseBytes => _blockBytes;

    /// <inheritdoc />
    public int PageBytes => _blockBytes;

    /// <inheritdoc />
    public int FreeBytes => _memory.Arena.Length;

    /// <inheritdoc />
    public byte[] Arena => _memory.Arena;

    /// <inheritdoc />
    public int TicksPerSecond => 0;

    /// <inheritdoc />
    public int StackBytes => 0;

    /// <inheritdoc />
    public int FaultStatus => 0;

    /// <inheritdoc />
    public int FaultAt => 0;

    /// <inheritdoc />
    public byte[] PublicKey => null;

    /// <inheritdoc />
    public int NameByte(int index) => index < _name.Length ? _name[index] : 0;

    /// <inheritdoc />
    public byte[] Flash(int area) => Pieces(area).Show(area);

    /// <inheritdoc />
    public int AreaBytes(int area) => Pieces(area).Bytes;

    /// <inheritdoc />
    public void EraseBlock(int area, int offset) => Pieces(area).Erase(area, offset);

    /// <inheritdoc />
    public void Program(int area, int offset, byte[] from, int at) => Pieces(area).Write(area, offset, from, at, _blockBytes);

    /// <inheritdoc />
    public byte[] Buffer(int arenaBytes) => _memory.Buffer;

    /// <inheritdoc />
    public int BufferBytes(int arenaBytes) => _memory.Buffer.Length;

    /// <inheritdoc />
    public void Send(int value)
    {
        _answer[_answerBytes++] = (byte)value;
        if (value != 0 && _answerBytes < _answer.Length) return;
        _line.Send(_answer, _answerBytes);
        _answerBytes = 0;
    }

    /// <summary>Says that the slot's RAM is the window's now.</summary>
    public void ReleaseSlot() => _slots.Release();

    private FileArea Pieces(int area) => area < FlashArea.FirstJournal ? _slots : area < FlashArea.FirstDelta ? _journal : _deltas;
}
