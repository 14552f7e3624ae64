using System;
using System.IO;

namespace EdgeCnn.Managed;

public sealed unsafe partial class EdgeModel
{
    /// <summary>Writes what was learned, deltas that were applied included, as a small file beside the model file, which stays as it is. The
    /// file is complete or, when writing fails or power is lost, the one that was there before.</summary>
    /// <param name="path">The delta.</param>
    /// <exception cref="IOException">It can't be written.</exception>
    /// <exception cref="InvalidOperationException">The model was not opened to learn.</exception>
    public void SaveDelta(string path) => AtomicFile.Write(path, Learned());

    /// <summary>Writes what was learned to a stream.</summary>
    /// <exception cref="InvalidOperationException">The model was not opened to learn.</exception>
    public void SaveDelta(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        stream.Write(Learned());
    }

    /// <summary>Adds a delta to what was learned.</summary>
    /// <param name="path">A file that <see cref="SaveDelta(string)"/> wrote.</param>
    /// <exception cref="DeltaException">It is not a delta of this model, or damaged; nothing was changed.</exception>
    /// <exception cref="IOException">It can't be read.</exception>
    /// <exception cref="InvalidOperationException">The model was not opened to learn; open it with
    /// <see cref="ModelOptions.Deltas"/>.</exception>
    public void ApplyDelta(string path) => ApplyDelta(File.ReadAllBytes(path), path);

    /// <summary>Adds a delta to what was learned.</summary>
    /// <exception cref="DeltaException">The bytes are not a delta of this model, or damaged; nothing was changed.</exception>
    /// <exception cref="InvalidOperationException">The model was not opened to learn.</exception>
    public void ApplyDelta(ReadOnlySpan<byte> delta) => ApplyDelta(delta, "delta");

    private void ApplyDelta(ReadOnlySpan<byte> delta, string source)
    {
        byte* model = Learning;
        Verify(model, delta, source);
        fixed (byte* p = delta) Delta.Apply(model, _arena.Pointer, p);
        _rehearsal?.Keep();
    }

    private byte[] Learned()
    {
        byte* model = Learning;
        byte[] delta = new byte[Delta.Write(_file.Pointer, model, _arena.Pointer, null, 0)];
        fixed (byte* p = delta) Delta.Write(_file.Pointer, model, _arena.Pointer, p, delta.Length);
        return delta;
    }

    /// <summary>A copy of the file with deltas added to its weights.</summary>
    private static ModelMemory Merged(ModelMemory file, string source, ModelOptions options)
    {
        ModelMemory merged = ModelMemory.Copy(new ReadOnlySpan<byte>(file.Pointer, file.Length));
        try
        {
            foreach (string path in options.Deltas)
            {
                byte[] delta = File.ReadAllBytes(path);
                Verify(merged.Pointer, delta, path);
                fixed (byte* p = delta) Delta.Merge(merged.Pointer, p);
            }
            ModelMemory.Seal(merged.Pointer);
            Verify(merged, source);
            return merged;
        }
        catch
        {
            merged.Dispose();
            throw;
        }
    }

    private static void Verify(byte* model, ReadOnlySpan<byte> delta, string source)
    {
        int where = 0;
        fixed (byte* p = delta)
        {
            DeltaError error = DeltaCheck.Verify(model, p, delta.Length, ref where);
            if (error != DeltaError.None) throw new DeltaException(source, error, where);
        }
    }
}
