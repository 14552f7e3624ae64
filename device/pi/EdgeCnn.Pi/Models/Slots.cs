using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using EdgeCnn.Managed;

namespace EdgeCnn.Pi.Models;

/// <summary>
/// Two files for models, of which one runs while the other one can be replaced, and a third that says which. Whenever the power is cut, the
/// slot that runs holds a whole model.
/// </summary>
internal sealed class Slots
{
    /// <summary>The names of the slots.</summary>
    public const string Names = "ab";

    private readonly string _folder;
    private readonly Disk _disk;

    /// <summary>Opens the folder; makes it when it is missing.</summary>
    /// <exception cref="IOException">It can't be made or read.</exception>
    public Slots(string folder, Disk disk)
    {
        (_folder, _disk) = (folder, disk);
        Directory.CreateDirectory(folder);
        // What a cut of the power left half-written.
        foreach (string path in Names.Select(PathOf).Append(StatePath)) AtomicFile.RemoveLeftovers(path);
        State = ReadState();
    }

    /// <summary>Which slot runs; null before the first model, and when that file is damaged.</summary>
    public SlotState? State { get; private set; }

    /// <summary>The slot for a new model: never one with a model that is trusted and may be needed again.</summary>
    public char Spare => State switch
    {
        null => Names[0],
        { IsOnTrial: true } => State.Running,
        _ => Other(State.Running),
    };

    private string StatePath => Path.Combine(_folder, "slots.json");

    /// <summary>The other slot than one.</summary>
    public static char Other(char slot) => slot == Names[0] ? Names[1] : Names[0];

    /// <summary>The file of a slot.</summary>
    public string PathOf(char slot) => Path.Combine(_folder, $"slot-{slot}.ecnn");

    /// <summary>Replaces the model in a slot. One that runs runs from memory.</summary>
    /// <exception cref="IOException">It can't be written; the slot is as it was.</exception>
    public void Write(char slot, byte[] model) => Write(PathOf(slot), model);

    /// <summary>Notes which slot runs.</summary>
    /// <exception cref="IOException">It can't be noted; the note is as it was.</exception>
    public void Note(SlotState state)
    {
        Write(StatePath, JsonSerializer.SerializeToUtf8Bytes(state));
        State = state;
    }

    private void Write(string path, byte[] content) => AtomicFile.Write(path, file => file.Write(content), _disk);

    private SlotState? ReadState()
    {
        try
        {
            SlotState? state = JsonSerializer.Deserialize<SlotState>(File.ReadAllBytes(StatePath));
            return state is not null && Names.Contains(state.Running, StringComparison.Ordinal) ? state : null;
        }
        catch (Exception none) when (none is FileNotFoundException or JsonException)
        {
            return null;
        }
    }
}

/// <summary>Which slot runs.</summary>
/// <param name="Running">One of <see cref="Slots.Names"/>.</param>
/// <param name="IsOnTrial">Whether its model has not yet done the frames after which it is trusted.</param>
internal sealed record SlotState(char Running, bool IsOnTrial);
