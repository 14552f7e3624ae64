using System;

namespace EdgeCnn.Device;

/// <summary>
/// A folder of numbered files, <c>000001.delta</c>, <c>000002.delta</c>, …, each complete or not there: written under a temporary name,
/// flushed to disk, renamed, and the folder flushed.
/// </summary>
internal unsafe struct DeltaFolder
{
    /// <summary>Highest number.</summary>
    internal const int Last = 999999;

    /// <summary>Longest name of a folder, in bytes.</summary>
    internal const int MaxName = 400;

    private const int Digits = 6;
    private fixed byte _path[MaxName + 32];
    private int _length;

    /// <summary>Takes the folder's name, which ends with a byte 0. False when it is too long.</summary>
    internal bool Name(byte* folder)
    {
        for (_length = 0; folder[_length] != 0; _length++)
        {
            if (_length == MaxName) return false;
            _path[_length] = folder[_length];
        }
        return true;
    }

    /// <summary>The largest number below <paramref name="end"/> that there is a file for, or 0; −1 when the folder can't be
    /// read.</summary>
    internal int Newest(int end)
    {
        fixed (byte* path = _path)
        {
            path[_length] = 0;
            void* folder = LibC.OpenFolder(path);
            if (folder == null) return -1;
            int newest = 0;
            for (byte* entry; (entry = LibC.NextEntry(folder)) != null;)
            {
                int number = Number(entry + LibC.EntryName);
                if (number > newest && number < end) newest = number;
            }
            _ = LibC.CloseFolder(folder);
            return newest;
        }
    }

    /// <summary>File <paramref name="number"/> in memory, as by <see cref="Pages.Load"/>.</summary>
    internal byte* Load(int number, int* bytes)
    {
        fixed (byte* path = _path) return Pages.Load(File(path, number), bytes);
    }

    /// <summary>Writes file <paramref name="number"/>; what was there under the number stays when it fails.</summary>
    /// <returns>0 or an errno.</returns>
    internal int Save(int number, byte* content, int bytes)
    {
        byte* temporary = stackalloc byte[MaxName + 32];
        fixed (byte* path = _path)
        {
            Memory.Copy(Temporary(path), 0, temporary, 0, MaxName + 32);
            int error = WriteNew(temporary, content, bytes);
            if (error == 0 && LibC.Rename(temporary, File(path, number)) < 0) error = LibC.Errno;
            if (error != 0) _ = LibC.Unlink(temporary);
            return error == 0 ? Flush(path) : error;
        }
    }

    /// <summary>Deletes file <paramref name="number"/> for good.</summary>
    /// <returns>0 or an errno.</returns>
    internal int Delete(int number)
    {
        fixed (byte* path = _path) return LibC.Unlink(File(path, number)) < 0 ? LibC.Errno : Flush(path);
    }

    /// <summary>Deletes what a power cut left half-written.</summary>
    internal void DeleteTemporary()
    {
        fixed (byte* path = _path) _ = LibC.Unlink(Temporary(path));
    }

    private static int WriteNew(byte* path, byte* content, int bytes)
    {
        int file = LibC.Open(path, LibC.WriteOnly | LibC.Create | LibC.Truncate | LibC.CloseOnExec, LibC.NewFile);
        if (file < 0) return LibC.Errno;
        int error = LibC.WriteAll(file, content, bytes);
        if (error == 0 && LibC.Sync(file) < 0) error = LibC.Errno;
        return LibC.Close(file) < 0 && error == 0 ? LibC.Errno : error;
    }

    /// <summary>Makes a new, renamed or deleted name last.</summary>
    private readonly int Flush(byte* path)
    {
        path[_length] = 0;
        int folder = LibC.Open(path, LibC.ReadOnly | LibC.CloseOnExec, 0);
        if (folder < 0) return LibC.Errno;
        int error = LibC.Sync(folder) < 0 ? LibC.Errno : 0;
        _ = LibC.Close(folder);
        return error;
    }

    private readonly byte* File(byte* path, int number)
    {
        int at = Append(path, _length, "/000000.delta"u8);
        for (int digit = _length + Digits; number > 0; digit--, number /= 10) path[digit] = (byte)('0' + number % 10);
        path[at] = 0;
        return path;
    }

    private readonly byte* Temporary(byte* path)
    {
        path[Append(path, _length, "/.delta.tmp"u8)] = 0;
        return path;
    }

    private static int Append(byte* path, int at, ReadOnlySpan<byte> text)
    {
        fixed (byte* from = text) Memory.Copy(from, 0, path, at, text.Length);
        return at + text.Length;
    }

    /// <summary>The number in a file's name, 0 when it is another file.</summary>
    private static int Number(byte* name)
    {
        int number = 0;
        for (int i = 0; i < Digits; i++)
        {
            if (name[i] < '0' || name[i] > '9') return 0;
            number = 10 * number + name[i] - '0';
        }
        fixed (byte* rest = ".delta"u8)
            for (int i = 0; i < 7; i++)
                if (name[Digits + i] != (i < 6 ? rest[i] : 0)) return 0;
        return number;
    }
}
