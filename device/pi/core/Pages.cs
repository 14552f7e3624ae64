namespace EdgeCnn.Device;

/// <summary>Memory in whole pages from the kernel, zeroed, and files as such memory.</summary>
public static unsafe class Pages
{
    /// <summary>Zeroed memory at a multiple of the page size, or null.</summary>
    public static byte* Allocate(nint bytes)
    {
        void* at = LibC.Map(null, bytes, LibC.ProtectRead | LibC.ProtectWrite, LibC.MapPrivate | LibC.MapAnonymous, -1, 0);
        return at == (void*)-1 ? null : (byte*)at;
    }

    /// <summary>Gives memory back that <see cref="Allocate"/> or <see cref="Load"/> gave; null is none.</summary>
    public static void Free(byte* at, nint bytes)
    {
        if (at != null) _ = LibC.Unmap(at, bytes);
    }

    /// <summary>A whole file as memory that may be written; the file stays as it is. At least one byte, at most 2³¹ − 1.</summary>
    /// <param name="path">Its name, ending with a byte 0.</param>
    /// <param name="bytes">Receives its length.</param>
    /// <returns>Null when it can't be read (<see cref="LastError"/> says why) or has another length.</returns>
    public static byte* Load(byte* path, int* bytes)
    {
        *bytes = 0;
        int file = LibC.Open(path, LibC.ReadOnly | LibC.CloseOnExec, 0);
        if (file < 0) return null;
        long length = LibC.Seek(file, 0, LibC.SeekEnd);
        void* at = length > 0 && length <= int.MaxValue
            ? LibC.Map(null, (nint)length, LibC.ProtectRead | LibC.ProtectWrite, LibC.MapPrivate, file, 0)
            : (void*)-1;
        _ = LibC.Close(file);
        if (at == (void*)-1) return null;
        *bytes = (int)length;
        return (byte*)at;
    }

    /// <summary>The C library's errno of the last call that failed on this thread.</summary>
    public static int LastError => LibC.Errno;
}
