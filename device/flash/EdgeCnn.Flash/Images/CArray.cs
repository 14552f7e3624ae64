using System;
using System.IO;
using System.Linq;
using System.Text;

namespace EdgeCnn.Flash.Images;

/// <summary>A model as C or C++ source, for builds that link it in: <c>const unsigned char NAME[]</c> at a multiple of 16, and its
/// length.</summary>
public static class CArray
{
    private const int BytesInLine = 16;

    /// <summary>Writes source that C11 and C++11 compile.</summary>
    /// <param name="to">Where it goes.</param>
    /// <param name="bytes">The model.</param>
    /// <param name="name">The array's name; <c>NAME_bytes</c> is its length.</param>
    public static void Write(Stream to, ReadOnlySpan<byte> bytes, string name)
    {
        using var text = new StreamWriter(to, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        text.WriteLine($$"""
            #ifdef __cplusplus
            #define EDGECNN_ALIGN alignas(16)
            extern "C" {
            #else
            #define EDGECNN_ALIGN _Alignas(16)
            #endif

            extern const unsigned char {{name}}[{{bytes.Length}}];
            extern const unsigned int {{name}}_bytes;

            EDGECNN_ALIGN const unsigned char {{name}}[{{bytes.Length}}] = {
            """);
        for (int at = 0; at < bytes.Length; at += BytesInLine)
        {
            byte[] line = [.. bytes.Slice(at, Math.Min(BytesInLine, bytes.Length - at))];
            text.WriteLine("    " + string.Join(' ', line.Select(b => $"0x{b:x2},")));
        }
        text.WriteLine($$"""
            };

            const unsigned int {{name}}_bytes = {{bytes.Length}};

            #ifdef __cplusplus
            }
            #endif
            """);
    }

    /// <summary>A file's name as a name in C.</summary>
    public static string NameOf(string path)
    {
        string name = string.Concat(Path.GetFileNameWithoutExtension(path).Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_'));
        return name.Length == 0 || char.IsAsciiDigit(name[0]) ? $"model_{name}" : name;
    }
}
