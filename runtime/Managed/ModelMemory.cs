using System;
using System.IO;
using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;

namespace EdgeCnn.Managed;

/// <summary>Bytes outside the managed heap: aligned memory of our own, or a file mapped for reading.</summary>
internal sealed unsafe class ModelMemory : IDisposable
{
    private const int Alignment = 64;

    private readonly MemoryMappedFile? _mapping;
    private readonly MemoryMappedViewAccessor? _view;

    private ModelMemory(byte* pointer, int length)
    {
        Pointer = pointer;
        Length = length;
    }

    private ModelMemory(MemoryMappedFile mapping, MemoryMappedViewAccessor view, int length)
    {
        (_mapping, _view, Length) = (mapping, view, length);
        byte* pointer = null;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref pointer);
        Pointer = pointer;
    }

    public byte* Pointer { get; private set; }

    public int Length { get; }

    public bool IsDisposed => Pointer == null;

    public static ModelMemory Allocate(int length)
    {
        byte* pointer = (byte*)NativeMemory.AlignedAlloc((nuint)Math.Max(length, 1), Alignment);
        NativeMemory.Clear(pointer, (nuint)length);
        return new ModelMemory(pointer, length);
    }

    public static ModelMemory Copy(ReadOnlySpan<byte> bytes)
    {
        ModelMemory memory = Allocate(bytes.Length);
        bytes.CopyTo(new Span<byte>(memory.Pointer, bytes.Length));
        return memory;
    }

    public static ModelMemory Map(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        long length = stream.Length;
        if (length > int.MaxValue) throw new ModelException(path, ModelError.BadHeader, ModelFile.FileBytesAt);
        if (length == 0) return Copy([]);
        MemoryMappedFile mapping = MemoryMappedFile.CreateFromFile(
            stream, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: false);
        return new ModelMemory(mapping, mapping.CreateViewAccessor(0, length, MemoryMappedFileAccess.Read), (int)length);
    }

    /// <summary>Computes the CRCs of a model file in memory that was changed; its id stays.</summary>
    public static void Seal(byte* file)
    {
        for (int i = 0; i < ModelFile.SectionCount(file); i++)
        {
            int entry = ModelFile.HeaderBytes + i * ModelFile.SectionEntryBytes;
            uint crc = Crc32.Of(file, Memory.Int32(file, entry + ModelFile.SectionOffsetAt), Memory.Int32(file, entry + ModelFile.SectionBytesAt));
            Memory.SetInt32(file, entry + ModelFile.SectionCrcAt, (int)crc);
        }
        Memory.SetInt32(file, ModelFile.HeaderCrcAt, (int)HeaderCheck.HeaderCrc(file));
    }

    public void Dispose()
    {
        if (IsDisposed) return;
        if (_view is null)
        {
            NativeMemory.AlignedFree(Pointer);
        }
        else
        {
            _view.SafeMemoryMappedViewHandle.ReleasePointer();
            _view.Dispose();
            _mapping!.Dispose();
        }
        Pointer = null;
    }
}
