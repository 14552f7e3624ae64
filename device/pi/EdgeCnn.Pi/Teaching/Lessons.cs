using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using EdgeCnn.Device;
using EdgeCnn.Pi.Frames;
using EdgeCnn.Pi.Pipeline;

namespace EdgeCnn.Pi.Teaching;

/// <summary>
/// What a model was taught: a folder of deltas, one for each lesson, of which the newest counts. On the thread of its
/// <see cref="Engine"/>.
/// </summary>
internal sealed unsafe class Lessons : IDisposable
{
    private const string Extension = ".delta";
    private readonly Engine _engine;
    private readonly string _folder;
    private readonly Teacher* _teacher;
    private readonly Dictionary<int, (string Label, int Frames)> _told = [];

    /// <summary>Takes up what the model was taught before.</summary>
    /// <param name="engine">The model, which can learn.</param>
    /// <param name="folder">The folder of its deltas; made when it is missing.</param>
    /// <exception cref="IOException">The folder can't be used.</exception>
    public Lessons(Engine engine, string folder)
    {
        (_engine, _folder) = (engine, folder);
        Directory.CreateDirectory(folder);
        _teacher = (Teacher*)NativeMemory.AllocZeroed(1, (nuint)sizeof(Teacher));
        Fault fault;
        fixed (byte* path = FaultWords.Terminated(folder))
            fault = _teacher->Open(engine.Model.ModelPointer, engine.Model.SourcePointer, engine.Model.ArenaPointer, path);
        if (fault != Fault.None) NativeMemory.Free(_teacher);
        Require(fault);
        List = Look();
    }

    /// <summary>Number of the newest lesson; 0 when there is none.</summary>
    public int Newest => _teacher->Newest;

    /// <summary>Names of what can be taught.</summary>
    public IReadOnlyList<string> Labels => _engine.Labels;

    /// <summary>Frames learned since the last lesson was saved.</summary>
    public int Unsaved { get; private set; }

    /// <summary>Learns a frame, in memory. Allocates nothing.</summary>
    public void Learn(Frame frame, int label)
    {
        _engine.Put(frame);
        _teacher->Learn(label);
        Unsaved++;
    }

    /// <summary>Saves what was learned as a lesson.</summary>
    /// <param name="label">What was shown.</param>
    /// <exception cref="IOException">It can't be saved; it stays learned until the program ends.</exception>
    public void Save(int label)
    {
        Require(_teacher->Save());
        _told[Newest] = (_engine.Labels[label], Unsaved);
        Unsaved = 0;
        List = Look();
    }

    /// <summary>Takes the newest lesson back, and what was learned after it.</summary>
    /// <exception cref="IOException">There is none, or the one before can't be read.</exception>
    public void Undo()
    {
        Require(_teacher->Undo());
        Unsaved = 0;
        List = Look();
    }

    /// <summary>The lessons, the newest first.</summary>
    public IReadOnlyList<Lesson> List { get; private set; } = [];

    /// <inheritdoc/>
    public void Dispose() => NativeMemory.Free(_teacher);

    private Lesson[] Look() =>
    [
        .. from file in new DirectoryInfo(_folder).EnumerateFiles("*" + Extension)
           let number = int.TryParse(Path.GetFileNameWithoutExtension(file.Name), out int n) ? n : 0
           where number > 0 && number <= Newest
           orderby number descending
           let told = _told.GetValueOrDefault(number, ("", 0))
           select new Lesson(number, file.LastWriteTimeUtc, told.Item1, told.Item2),
    ];

    private void Require(Fault fault)
    {
        if (fault != Fault.None) throw new IOException($"{_folder}: {fault.Words()}");
    }
}
