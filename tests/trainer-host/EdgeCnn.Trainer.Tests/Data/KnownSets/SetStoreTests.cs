using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Security.Cryptography;
using System.Threading;
using EdgeCnn.Trainer.Data;
using EdgeCnn.Trainer.Data.KnownSets;
using Xunit;

namespace EdgeCnn.Tests.Data.KnownSets;

public sealed class SetStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly LocalServer _server = new();
    private readonly byte[] _content = new byte[300_000];
    private readonly byte[] _packed;

    public SetStoreTests()
    {
        new Random(1).NextBytes(_content);
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            gzip.Write(_content);
        _packed = packed.ToArray();
        _server.Files["/set/data.gz"] = _packed;
    }

    private string Target => Path.Combine(_folder.Path, "tiny", "data.gz");

    public void Dispose()
    {
        _server.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void A_set_is_downloaded_once_and_progress_is_told()
    {
        var told = new Reports();
        Assert.Equal(Path.GetDirectoryName(Target), Fetch(progress: told));
        Assert.Equal(_packed, File.ReadAllBytes(Target));
        Assert.Equal((0, _packed.Length), (told.All[0].Bytes, told.All[^1].Bytes));
        Assert.All(told.All, report => Assert.Equal(_packed.Length, report.Total));
        Fetch();
        Assert.Single(_server.Requests);
        Assert.Equal(["data.gz"], Directory.EnumerateFiles(Path.GetDirectoryName(Target)!).Select(Path.GetFileName));
    }

    [Fact]
    public void A_connection_that_breaks_is_taken_up_where_it_broke()
    {
        _server.BreakAfter = 100_000;
        Fetch();
        Assert.Equal(_packed, File.ReadAllBytes(Target));
        Assert.True(_server.Requests.Count > 1);
        Assert.Null(_server.Requests[0]);
        Assert.All(_server.Requests.Skip(1), range => Assert.StartsWith("bytes=", range, StringComparison.Ordinal));
    }

    [Fact]
    public void A_download_that_was_cancelled_goes_on_the_next_time()
    {
        using var cancel = new CancellationTokenSource();
        var told = new Reports { Then = report => { if (report.Bytes > 50_000) cancel.Cancel(); } };
        Assert.ThrowsAny<OperationCanceledException>(() => Fetch(progress: told, cancellation: cancel.Token));
        Assert.False(File.Exists(Target));
        var left = new FileInfo(Target + Download.Part).Length;
        Assert.InRange(left, 50_000, _packed.Length);
        Fetch();
        Assert.Equal($"bytes={left}-", _server.Requests[^1]);
        Assert.Equal(_packed, File.ReadAllBytes(Target));
    }

    [Fact]
    public void A_remainder_of_something_else_is_thrown_away()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Target)!);
        File.WriteAllBytes(Target + Download.Part, new byte[1000]);
        Fetch();
        Assert.Equal(_packed, File.ReadAllBytes(Target));
        File.Delete(Target);
        File.WriteAllBytes(Target + Download.Part, [.. _packed, 1, 2, 3]);
        Fetch();
        Assert.Equal(_packed, File.ReadAllBytes(Target));
    }

    [Fact]
    public void A_server_without_ranges_sends_all_again()
    {
        _server.KnowsRanges = false;
        Directory.CreateDirectory(Path.GetDirectoryName(Target)!);
        File.WriteAllBytes(Target + Download.Part, _packed[..1000]);
        Fetch();
        Assert.Equal(_packed, File.ReadAllBytes(Target));
    }

    [Fact]
    public void What_is_not_the_expected_file_gets_no_name()
    {
        _server.Files["/set/data.gz"] = [.. _packed[..^100], .. new byte[100]];
        var wrong = Assert.Throws<InvalidDataException>(() => Fetch());
        Assert.Contains("is not the file that is expected", wrong.Message, StringComparison.Ordinal);
        _server.Files["/set/data.gz"] = new byte[1_000_000];
        var large = Assert.Throws<InvalidDataException>(() => Fetch());
        Assert.Contains("is longer than the 300000 bytes", large.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Target));
    }

    [Fact]
    public void A_missing_file_and_a_missing_server_say_what_to_do()
    {
        _server.Files.Clear();
        Assert.Contains("--data", Assert.Throws<IOException>(() => Fetch()).Message, StringComparison.Ordinal);
        Assert.Single(_server.Requests);
        _server.Dispose();
        Assert.Contains("can't be downloaded", Assert.Throws<IOException>(() => Fetch()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mnist")]
    [InlineData("fashion-mnist")]
    public void The_known_checksums_are_those_of_the_files_that_are_here(string name)
    {
        var folder = SharedData.Folder(name);
        foreach (var file in KnownSet.All.Single(set => set.Name == name).Files)
        {
            using var packed = File.OpenRead(Path.Combine(folder, file.Name));
            Assert.Equal(file.Sha256, Checksum.Of(packed, file));
        }
    }

    [Fact]
    public void A_recipe_names_a_known_set()
    {
        var error = Assert.ThrowsAny<ArgumentException>(() => new IdxFolder("mnits"));
        Assert.Contains("use one of: mnist, fashion-mnist", error.Message, StringComparison.Ordinal);
    }

    private string Fetch(IProgress<DownloadProgress>? progress = null, CancellationToken? cancellation = null)
    {
        var file = new KnownFile("data.gz", _content.Length, Convert.ToHexStringLower(SHA256.HashData(_content)));
        var set = new KnownSet("tiny", new Uri(_server.Address, "set/"), [file]);
        return new SetStore(_folder.Path).Fetch(set, progress, cancellation ?? TestContext.Current.CancellationToken);
    }

    private sealed class Reports : IProgress<DownloadProgress>
    {
        public List<DownloadProgress> All { get; } = [];

        public Action<DownloadProgress>? Then { get; init; }

        public void Report(DownloadProgress value)
        {
            All.Add(value);
            Then?.Invoke(value);
        }
    }
}
