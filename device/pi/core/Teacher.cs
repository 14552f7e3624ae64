namespace EdgeCnn.Device;

/// <summary>
/// Lets a model learn frames, and keeps what it learned in a folder: after each sample a delta file (DELTA.md) with all that was learned so
/// far, numbered <c>000001.delta</c>, <c>000002.delta</c>, …; the newest counts. A file is complete or not there: it is written under a
/// temporary name, flushed to disk, and renamed. Undoing deletes the newest and goes back to the one before. Memory is taken when it opens.
/// </summary>
public unsafe struct Teacher
{
    /// <summary>Deltas that are kept to go back to; older ones are deleted.</summary>
    public const int Kept = 32;

    private DeltaFolder _folder;
    private byte* _model;
    private byte* _source;
    private byte* _arena;

    /// <summary>Number of the newest delta, 0 when nothing is learned.</summary>
    public int Newest { get; private set; }

    /// <summary>The kernel's errno of the last function that failed; 0 where it was not the kernel.</summary>
    public int Error { get; private set; }

    /// <summary>Takes up the newest delta of a folder, and removes what a power cut left half-written. A delta that is damaged or of
    /// another model is passed over for the one before it.</summary>
    /// <param name="model">The model that runs, lowered or not.</param>
    /// <param name="source">The file that it came from; the same when it was not lowered.</param>
    /// <param name="arena">Its arena, with learning.</param>
    /// <param name="folder">Name of the folder, ending with a byte 0; it exists.</param>
    /// <returns><see cref="Fault.CannotLearn"/>, <see cref="Fault.CannotRead"/>, <see cref="Fault.LongName"/>.</returns>
    public Fault Open(byte* model, byte* source, byte* arena, byte* folder)
    {
        if (!LearnFile.Exists(model) || LearnFile.Loss(model) != LearnFile.CrossEntropy) return Fault.CannotLearn;
        _model = model;
        _source = source;
        _arena = arena;
        if (!_folder.Name(folder)) return Fault.LongName;
        Newest = _folder.Newest(DeltaFolder.Last + 1);
        if (Newest < 0) return Failed(LibC.Errno, Fault.CannotRead);
        _folder.DeleteTemporary();
        Learner.Reset(_model, _arena, _source);
        while (Newest > 0 && Restore(Newest) != Fault.None) Newest = _folder.Newest(Newest);
        return Fault.None;
    }

    /// <summary>Learns the sample in the model's input (<see cref="Classifier.Prepare"/>) in one step, in memory. The input is gone
    /// afterwards.</summary>
    /// <returns><see cref="Fault.NoLabel"/>.</returns>
    public readonly Fault Learn(int label)
    {
        int labels = TensorRecord.Elements(_model, ModelFile.Tensor(_model, LearnFile.LossTensor(_model)));
        if ((uint)label >= (uint)labels) return Fault.NoLabel;
        LearnState.SetLabel(_model, _arena, label);
        Learner.Step(_model, _arena);
        return Fault.None;
    }

    /// <summary>Saves what was learned as the next delta. When that fails, the newest delta is the one it was.</summary>
    /// <returns><see cref="Fault.NoMemory"/>, <see cref="Fault.DiskFull"/>, <see cref="Fault.CannotWrite"/>.</returns>
    public Fault Save()
    {
        int bytes = Delta.Write(_source, _model, _arena, null, 0);
        byte* delta = Pages.Allocate(bytes);
        if (delta == null) return Failed(LibC.Errno, Fault.NoMemory);
        Delta.Write(_source, _model, _arena, delta, bytes);
        int error = Newest == DeltaFolder.Last ? Errno.NoSpace : _folder.Save(Newest + 1, delta, bytes);
        Pages.Free(delta, bytes);
        if (error != 0) return Failed(error, Errno.OfWriting(error));
        Newest++;
        // Keeping an old one too long does no harm.
        if (Newest > Kept) _ = _folder.Delete(Newest - Kept);
        return Fault.None;
    }

    /// <summary>Deletes the newest delta, and goes back to what the one before says; after the first, to the model as made.</summary>
    /// <returns><see cref="Fault.NothingToUndo"/>, <see cref="Fault.BadDelta"/>, <see cref="Fault.CannotRead"/>,
    /// <see cref="Fault.CannotWrite"/>; what was learned is as before then.</returns>
    public Fault Undo()
    {
        int before = Newest == 0 ? 0 : _folder.Newest(Newest);
        if (before < 0) return Failed(LibC.Errno, Fault.CannotRead);
        if (before == 0 && Newest != 1) return Fault.NothingToUndo;
        if (before == 0) Learner.Reset(_model, _arena, _source);
        else if (Restore(before) is Fault fault and not Fault.None) return fault;
        int error = _folder.Delete(Newest);
        if (error != 0)
        {
            Restore(Newest);
            return Failed(error, Errno.OfWriting(error));
        }
        Newest = before;
        return Fault.None;
    }

    /// <summary>Makes the model what delta <paramref name="number"/> says. Changes nothing when that can't be used.</summary>
    private Fault Restore(int number)
    {
        int bytes, where = 0;
        byte* delta = _folder.Load(number, &bytes);
        if (delta == null) return Failed(LibC.Errno, Fault.CannotRead);
        DeltaError error = DeltaCheck.Verify(_model, delta, bytes, ref where);
        if (error == DeltaError.None)
        {
            Learner.Reset(_model, _arena, _source);
            Delta.Apply(_model, _arena, delta);
        }
        Pages.Free(delta, bytes);
        return error == DeltaError.None ? Fault.None : Failed(0, Fault.BadDelta);
    }

    private Fault Failed(int error, Fault fault)
    {
        Error = error;
        return fault;
    }
}
