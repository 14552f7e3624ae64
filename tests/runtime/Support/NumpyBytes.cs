using System;
using System.IO;
using System.Runtime.InteropServices;
using System.Text;

namespace EdgeCnn.Tests;

/// <summary>Arrays as NumPy saves them.</summary>
internal static class NumpyBytes
{
    /// <summary>Saves single-precision numbers.</summary>
    internal static void Write(string path, int[] shape, float[] values)
    {
        string header = $"{{'descr': '<f4', 'fortran_order': False, 'shape': ({string.Join(", ", shape)},), }}\n";
        byte[] text = Encoding.Latin1.GetBytes(header);
        File.WriteAllBytes(path, [
            0x93, .. "NUMPY"u8, 1, 0, .. BitConverter.GetBytes((ushort)text.Length), .. text, .. MemoryMarshal.AsBytes<float>(values)]);
    }
}
