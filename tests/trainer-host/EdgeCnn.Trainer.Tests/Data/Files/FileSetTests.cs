using System;
using System.IO;
using System.IO.Compression;
using System.Linq;
using EdgeCnn.Trainer.Data.Files;
using Xunit;

namespace EdgeCnn.Tests.Data.Files;

public sealed class FileSetTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_folder_and_an_archive_of_it_have_the_same_names_and_contents_in_the_same_order()
    {
        var inner = Directory.CreateDirectory(Path.Combine(_folder.Path, "set")).FullName;
        foreach (var name in (string[])["b/2.bin", "B/1.bin", "a/x/3.bin", ".hidden/4.bin", "a/Thumbs.db", "a/.DS_Store"])
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(inner, name))!);
            File.WriteAllText(Path.Combine(inner, name), name);
        }

        var archive = Path.Combine(_folder.Path, "set.zip");
        ZipFile.CreateFromDirectory(inner, archive);
        using var plain = FileSet.Open(inner, null);
        using var packed = FileSet.Open(archive, null);
        Assert.Equal(["B/1.bin", "a/x/3.bin", "b/2.bin"], plain.Names);
        Assert.Equal(plain.Names, packed.Names);
        Assert.Equal(plain.Names.Select(plain.Read), packed.Names.Select(packed.Read));
    }

    [Fact]
    public void The_only_archive_of_a_folder_is_what_it_holds()
    {
        Zip("set.zip", ("cat/1.txt", [1, 2, 3]));
        _folder.Write("SOURCE.txt", 1);
        using (var found = FileSet.Open(_folder.Path, null))
            Assert.Equal(["cat/1.txt"], found.Names);
        Zip("other.zip", ("dog/1.txt", [4]));
        using (var files = FileSet.Open(_folder.Path, null))
            Assert.Equal(["SOURCE.txt", "other.zip", "set.zip"], files.Names);
        using var named = FileSet.Open(_folder.Path, "other.zip");
        Assert.Equal([4], named.Read("dog/1.txt"));
    }

    [Fact]
    public void A_name_that_leads_outside_is_just_a_name()
    {
        using var files = FileSet.Open(Zip("slip.zip", ("a/../../../out.txt", [1])), null);
        Assert.Empty(files.Names);
        Assert.False(File.Exists(Path.Combine(_folder.Path, "../out.txt")));
    }

    [Fact]
    public void An_entry_that_unpacks_to_more_than_it_says_is_refused()
    {
        var path = Zip("bomb.zip", ("a/bomb.txt", new byte[100_000]));
        var bytes = File.ReadAllBytes(path);
        // The unpacked size in the entry's central record becomes 50,000.
        var record = bytes.AsSpan().IndexOf("PK\x01\x02"u8);
        BitConverter.TryWriteBytes(bytes.AsSpan(record + 24), 50_000);
        File.WriteAllBytes(path, bytes);
        Refuses("bomb.txt", path);
    }

    [Fact]
    public void An_entry_larger_than_any_sample_is_refused_before_it_is_unpacked()
    {
        var path = Zip("large.zip", ("a/large.txt", [1]));
        var bytes = File.ReadAllBytes(path);
        var record = bytes.AsSpan().IndexOf("PK\x01\x02"u8);
        BitConverter.TryWriteBytes(bytes.AsSpan(record + 24), (int)FileSet.MostBytes + 1);
        File.WriteAllBytes(path, bytes);
        Assert.Contains("split or shrink it", Refuses("large.txt", path), StringComparison.Ordinal);
    }

    [Fact]
    public void Damage_is_named_with_the_file()
    {
        var random = new byte[5000];
        new Random(1).NextBytes(random);
        var path = Zip("damaged.zip", ("a/data.txt", random));
        var bytes = File.ReadAllBytes(path);
        bytes[200] ^= 0xFF;
        File.WriteAllBytes(path, bytes);
        Refuses("data.txt", path);

        _folder.Write("text.zip", [.. "this is no archive"u8]);
        Assert.Contains("is no archive", Assert.Throws<InvalidDataException>(
            () => FileSet.Open(Path.Combine(_folder.Path, "text.zip"), null)).Message, StringComparison.Ordinal);
    }

    private static string Refuses(string name, string path)
    {
        using var files = FileSet.Open(path, null);
        var error = Assert.Throws<InvalidDataException>(() => files.Read($"a/{name}"));
        Assert.StartsWith($"{path}/a/{name}: ", error.Message, StringComparison.Ordinal);
        return error.Message;
    }

    private string Zip(string name, params (string Name, byte[] Content)[] entries)
    {
        var path = Path.Combine(_folder.Path, name);
        using var archive = ZipFile.Open(path, ZipArchiveMode.Create);
        foreach (var (entry, content) in entries)
        {
            using var stream = archive.CreateEntry(entry).Open();
            stream.Write(content);
        }

        return path;
    }
}
