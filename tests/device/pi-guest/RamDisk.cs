using System;
using System.Buffers;
using System.IO;
using System.IO.Compression;
using System.Reflection;
using System.Text;

namespace EdgeCnn.Device.Tests;

/// <summary>The first file system of a Linux kernel: a cpio archive of the format "newc", compressed.</summary>
internal sealed class RamDisk
{
    private const int Folder = 0x41ED, Program = 0x81ED;

    private readonly ArrayBufferWriter<byte> _archive = new();
    private int _entries;

    /// <summary>A disk that starts <c>guest/init</c>, which loads the modules and runs <paramref name="test"/> of that folder.</summary>
    internal RamDisk(DebianKernel kernel, string test, params string[] modules)
    {
        foreach (string folder in (string[])["bin", "proc", "sys", "dev", "modules", "out", "tmp"]) Add(folder, Folder, []);
        AddFile("bin/busybox", kernel.Busybox);
        Add("init", Program, Script("init"));
        Add("test", Program, Script(test));
        int number = 100;
        foreach (string path in kernel.Modules(modules)) AddFile($"modules/{number++}-{Path.GetFileName(path)}", path);
    }

    /// <summary>Adds a file.</summary>
    internal void AddFile(string name, string path) => Add(name, Program, File.ReadAllBytes(path));

    /// <summary>Adds a file's bytes.</summary>
    internal void Add(string name, ReadOnlySpan<byte> content) => Add(name, Program, content);

    /// <summary>Ends the archive, and writes it.</summary>
    internal void Save(string path)
    {
        Add("TRAILER!!!", 0, []);
        using FileStream file = File.Create(path);
        using var compressed = new GZipStream(file, CompressionLevel.Fastest);
        compressed.Write(_archive.WrittenSpan);
    }

    private static byte[] Script(string name)
    {
        using Stream script = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        byte[] bytes = new byte[script.Length];
        script.ReadExactly(bytes);
        return bytes;
    }

    private void Add(string name, int mode, ReadOnlySpan<byte> content)
    {
        // Number, mode, owner, group, links, time, size, four device numbers, length of the name, checksum: eight hexadecimal digits each.
        int[] fields = [++_entries, mode, 0, 0, 1, 0, content.Length, 0, 0, 0, 0, name.Length + 1, 0];
        Write("070701"u8);
        foreach (int field in fields) Write(Encoding.ASCII.GetBytes($"{field:x8}"));
        Write(Encoding.ASCII.GetBytes(name + '\0'));
        Align();
        Write(content);
        Align();
    }

    private void Write(ReadOnlySpan<byte> bytes) => _archive.Write(bytes);

    private void Align()
    {
        while (_archive.WrittenCount % 4 != 0) Write([0]);
    }
}
