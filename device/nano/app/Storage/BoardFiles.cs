namespace EdgeCnn.Device;

/// <summary>The files that are the board's flash (PROTOCOL.md, "Flash"), one per area. A slot's file is a model, with or without blank
/// bytes behind it.</summary>
public sealed class BoardFiles
{
    private readonly StorageFile[] _files;

    /// <summary>Opens them, or makes them.</summary>
    /// <param name="paths">Slot 0, slot 1, two for the journal, two for deltas.</param>
    public BoardFiles(string[] paths)
    {
        _files = new StorageFile[paths.Length];
        for (int i = 0; i < paths.Length; i++) _files[i] = new StorageFile(paths[i]);
    }

    /// <summary>The file of an area.</summary>
    public StorageFile Area(int area) => _files[area];
}
