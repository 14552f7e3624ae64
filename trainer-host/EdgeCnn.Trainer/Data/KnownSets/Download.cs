using System;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading;
using System.Threading.Tasks;

namespace EdgeCnn.Trainer.Data.KnownSets;

/// <summary>
/// Downloads a file under a temporary name, where it stays when the download is interrupted: the next one goes on there (HTTP range
/// requests, RFC 9110, section 14). What is complete and has the right checksum gets its name.
/// </summary>
internal sealed class Download(IProgress<DownloadProgress>? progress, CancellationToken cancellation) : IDisposable
{
    /// <summary>Ending of what is not complete.</summary>
    public const string Part = ".part";

    /// <summary>How often a connection that breaks off is made again.</summary>
    private const int Attempts = 4;

    /// <summary>A packed file may be longer than its content by so much.</summary>
    private const int Packing = 1 << 16;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly HttpClient _client = new() { Timeout = Patience };

    /// <summary>Fetches one file.</summary>
    /// <exception cref="IOException">The server can't be reached or has no such file, or it can't be written.</exception>
    /// <exception cref="InvalidDataException">It is not the file that is expected.</exception>
    public void Fetch(Uri address, string path, KnownFile file)
    {
        using (var part = OpenPart(path + Part))
        {
            var wasThere = part.Length > 0;
            Receive(address, part, file);
            // What an earlier download left may be of another version: once more from the start.
            if (Checksum.Of(part, file) is var first && first != file.Sha256 && wasThere)
            {
                part.SetLength(0);
                Receive(address, part, file);
                first = Checksum.Of(part, file);
            }

            if (first != file.Sha256)
            {
                part.SetLength(0);
                throw new InvalidDataException(
                    $"{address}: is not the file that is expected: its content has SHA-256 {first}, not {file.Sha256}; download the set "
                    + "from elsewhere and name its folder with --data");
            }

            part.Flush(flushToDisk: true);
        }

        File.Move(path + Part, path, overwrite: true);
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private static FileStream OpenPart(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException refused)
        {
            throw new IOException($"{path}: can't be written ({refused.Message}); is another download under way?", refused);
        }
    }

    private void Receive(Uri address, FileStream part, KnownFile file)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                ReceiveRest(address, part, file).GetAwaiter().GetResult();
                return;
            }
            catch (Exception broken) when (broken is HttpRequestException or HttpIOException or OperationCanceledException)
            {
                cancellation.ThrowIfCancellationRequested();
                var isFinal = broken is HttpRequestException { StatusCode: { } status } && (int)status is >= 400 and < 500;
                if (isFinal || attempt == Attempts)
                    throw new IOException(
                        $"{address}: can't be downloaded ({broken.Message}); try again (it goes on where it stopped), or get the set "
                        + "elsewhere and name its folder with --data", broken);
            }
        }
    }

    private async Task ReceiveRest(Uri address, FileStream part, KnownFile file)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (part.Length > 0)
            request.Headers.Range = new RangeHeaderValue(part.Length, null);
        using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation).ConfigureAwait(false);
        if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            // All of it is here, perhaps more; the checksum decides.
            part.SetLength(Math.Min(part.Length, response.Content.Headers.ContentRange?.Length ?? part.Length));
            return;
        }

        response.EnsureSuccessStatusCode();
        var goesOn = response.StatusCode == HttpStatusCode.PartialContent && response.Content.Headers.ContentRange?.From == part.Length;
        if (!goesOn)
            part.SetLength(0);
        part.Position = part.Length;
        await Copy(address, response, part, file).ConfigureAwait(false);
    }

    private async Task Copy(Uri address, HttpResponseMessage response, FileStream part, KnownFile file)
    {
        var total = part.Length + response.Content.Headers.ContentLength;
        using var content = await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
        var buffer = new byte[1 << 16];
        while (true)
        {
            progress?.Report(new DownloadProgress(address.ToString(), part.Length, total));
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            patience.CancelAfter(Patience);
            var read = await content.ReadAsync(buffer, patience.Token).ConfigureAwait(false);
            if (read == 0)
                return;
            if (part.Length + read > file.Bytes + Packing)
                throw new InvalidDataException($"{address}: is longer than the {file.Bytes} bytes that it should unpack to");
            part.Write(buffer, 0, read);
        }
    }
}
