using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Net;
using System.Threading.Tasks;

namespace EdgeCnn.Tests.Data.KnownSets;

/// <summary>A web server on this machine that can break off.</summary>
internal sealed class LocalServer : IDisposable
{
    private readonly HttpListener _listener = new();

    public LocalServer()
    {
        Address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort.Find()}/"));
        _listener.Prefixes.Add(Address.ToString());
        _listener.Start();
        _ = Serve();
    }

    public Uri Address { get; }

    /// <summary>Content by path.</summary>
    public Dictionary<string, byte[]> Files { get; } = [];

    /// <summary>The range of every request, null for all.</summary>
    public List<string?> Requests { get; } = [];

    /// <summary>Bytes after which a connection breaks off.</summary>
    public int BreakAfter { get; set; } = int.MaxValue;

    public bool KnowsRanges { get; set; } = true;

    public void Dispose() => ((IDisposable)_listener).Dispose();

    private async Task Serve()
    {
        while (_listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync().ConfigureAwait(false);
            }
            catch (Exception ended) when (ended is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            try
            {
                await Answer(context.Request, context.Response).ConfigureAwait(false);
            }
            catch (Exception gone) when (gone is HttpListenerException or IOException or ObjectDisposedException)
            {
                // The client has enough.
            }
        }
    }

    private async Task Answer(HttpListenerRequest request, HttpListenerResponse response)
    {
        var range = request.Headers["Range"];
        Requests.Add(range);
        if (!Files.TryGetValue(request.Url!.AbsolutePath, out var content))
        {
            response.StatusCode = (int)HttpStatusCode.NotFound;
            response.Close();
            return;
        }

        var from = range is null || !KnowsRanges ? 0 : int.Parse(range["bytes=".Length..].TrimEnd('-'), CultureInfo.InvariantCulture);
        if (from >= content.Length)
        {
            response.StatusCode = (int)HttpStatusCode.RequestedRangeNotSatisfiable;
            response.AddHeader("Content-Range", FormattableString.Invariant($"bytes */{content.Length}"));
            response.Close();
            return;
        }

        if (range is not null && KnowsRanges)
        {
            response.StatusCode = (int)HttpStatusCode.PartialContent;
            response.AddHeader("Content-Range", FormattableString.Invariant($"bytes {from}-{content.Length - 1}/{content.Length}"));
        }

        response.ContentLength64 = content.Length - from;
        var count = Math.Min(BreakAfter, content.Length - from);
        await response.OutputStream.WriteAsync(content.AsMemory(from, count)).ConfigureAwait(false);
        await response.OutputStream.FlushAsync().ConfigureAwait(false);
        if (count < content.Length - from)
            response.Abort();
        else
            response.Close();
    }
}
