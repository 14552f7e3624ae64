using System;
using System.IO;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace EdgeCnn.Pi.Tests.Support;

/// <summary>Who opens the page, looks for half a minute, goes away for as long, and comes again; beside a program that reads the
/// metrics.</summary>
internal sealed class Visitor(Uri page)
{
    private static readonly TimeSpan Stay = TimeSpan.FromSeconds(30), Scrape = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Picture = TimeSpan.FromMilliseconds(150);
    private int _answered, _unanswered;

    /// <summary>Requests that were answered.</summary>
    public int Answered => _answered;

    /// <summary>Requests that were not: a computer that others keep busy takes longer than the program waits.</summary>
    public int Unanswered => _unanswered;

    /// <summary>Visits until the end.</summary>
    public Task Come(CancellationToken end) => Task.WhenAll(Again("metrics", Scrape, end), Look(end));

    private async Task Look(CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            using var gone = CancellationTokenSource.CreateLinkedTokenSource(end);
            gone.CancelAfter(Stay);
            foreach (string file in (string[])["", "page.css", "page.js"]) await Get(file, gone.Token);
            await Task.WhenAll(Get("events", gone.Token), Again("preview.bmp", Picture, gone.Token));
            await Pause(Stay, end);
        }
    }

    private async Task Again(string path, TimeSpan pause, CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            await Get(path, end);
            await Pause(pause, end);
        }
    }

    /// <summary>Reads an answer to its end. Every connection is a new one, as a browser's is that was closed.</summary>
    private async Task Get(string path, CancellationToken end)
    {
        try
        {
            using var client = new HttpClient { BaseAddress = page };
            using Stream answer = await client.GetStreamAsync(path, end);
            Interlocked.Increment(ref _answered);
            await answer.CopyToAsync(Stream.Null, end);
        }
        catch (Exception) when (end.IsCancellationRequested)
        {
            // Gone before the answer ended.
        }
        catch (Exception late) when (late is HttpRequestException or IOException)
        {
            Interlocked.Increment(ref _unanswered);
        }
    }

    private static Task Pause(TimeSpan time, CancellationToken end) =>
        Task.Delay(time, end).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
}
