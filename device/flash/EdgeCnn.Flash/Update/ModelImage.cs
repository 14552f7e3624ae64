using System;
using System.Collections.Generic;
using System.Linq;
using EdgeCnn.Flash.Board;
using EdgeCnn.Managed;

namespace EdgeCnn.Flash.Update;

/// <summary>A model file as a board will hold it: checked, and with what it needs of a board.</summary>
public sealed class ModelImage
{
    private readonly IReadOnlySet<int> _operators;
    private readonly int _reportBytes;

    /// <summary>Checks a file.</summary>
    /// <param name="file">Its bytes.</param>
    /// <param name="source">What the user calls it, for messages.</param>
    /// <exception cref="ModelException">It is no model, or damaged.</exception>
    public ModelImage(ReadOnlyMemory<byte> file, string source)
    {
        (Bytes, Source) = (file, source);
        using EdgeModel model = EdgeModel.Open(file.Span);
        ModelId = model.Info.ModelId;
        ArenaBytes = model.Info.ArenaBytes;
        _reportBytes = model.Info.HasTest ? model.Operators.Count * Probe.EntryBytes : 0;
        _operators = BoardInfo.Codes(file.Span.Slice(ModelFile.OperatorsUsedAt, ModelFile.ModelIdAt - ModelFile.OperatorsUsedAt));
    }

    /// <summary>The file.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>What the user calls it.</summary>
    public string Source { get; }

    /// <summary>Its identity, 32 hexadecimal digits.</summary>
    public string ModelId { get; }

    /// <summary>RAM that inference needs.</summary>
    public int ArenaBytes { get; }

    /// <summary>Throws unless the board can run the model; asks the board nothing.</summary>
    /// <exception cref="MisfitException">It can't.</exception>
    public void RequireFits(BoardInfo board)
    {
        ArgumentNullException.ThrowIfNull(board);
        string missing = string.Join(", ", _operators.Except(board.Operators).Order().Select(OperatorTable.Name));
        if (missing.Length > 0)
            throw new MisfitException(
                $"{Source}: needs {missing}, which the firmware of '{board.Name}' was built without; "
                + "build it with all operators of the model");
        int tooMany = Bytes.Length - board.SlotBytes, lacking = ArenaBytes + _reportBytes - board.FreeBytes;
        if (tooMany > 0)
            throw new MisfitException(FormattableString.Invariant(
                $"{Source}: has {Bytes.Length:n0} bytes, a slot of '{board.Name}' has {board.SlotBytes:n0}; {tooMany:n0} are too many"));
        string test = _reportBytes == 0 ? "" : FormattableString.Invariant($" and {_reportBytes:n0} for its own test");
        if (lacking > 0)
            throw new MisfitException(FormattableString.Invariant(
                $"{Source}: needs {ArenaBytes:n0} bytes of RAM{test}, '{board.Name}' has {board.FreeBytes:n0}; {lacking:n0} are missing"));
    }

    /// <summary>The file filled up to whole pages with what blank flash reads.</summary>
    internal byte[] Pages(int pageBytes)
    {
        const byte Blank = 0xFF;
        byte[] pages = new byte[(Bytes.Length + pageBytes - 1) / pageBytes * pageBytes];
        pages.AsSpan(Bytes.Length).Fill(Blank);
        Bytes.Span.CopyTo(pages);
        return pages;
    }
}

/// <summary>A board can't run a model: what it lacks, how much, and what to do.</summary>
public sealed class MisfitException(string message) : DeviceException(message);
