using System;
using System.Collections.Generic;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using EdgeCnn.Pi.Frames;
using EdgeCnn.Pi.Pipeline;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace EdgeCnn.Pi.Web;

/// <summary>What can be looked at.</summary>
internal static class Views
{
    private const int PreviewColumns = 320;
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(250);

    /// <summary>Adds it.</summary>
    public static void Map(IEndpointRouteBuilder routes, CameraService service)
    {
        var moment = new Moment(service);
        var shown = new Frame();
        routes.MapGet("/state", async () => TypedResults.Json(await moment.Read(), Json.Default.State));
        routes.MapGet("/events", (CancellationToken gone) => TypedResults.ServerSentEvents(Events(moment, gone)));
        routes.MapGet("/preview.bmp", () => Picture(service.Preview, shown));
        routes.MapGet("/metrics", async () => TypedResults.Text(Metrics.Write(service, await moment.Read()), "text/plain; version=0.0.4"));
        routes.MapGet("/healthz", () => Health.Of(service) is { Length: > 0 } trouble
            ? TypedResults.Text(trouble, statusCode: StatusCodes.Status503ServiceUnavailable)
            : TypedResults.Text("ok"));
    }

    private static IResult Picture(Preview preview, Frame shown)
    {
        lock (shown)
        {
            if (!preview.Read(shown)) return TypedResults.NotFound();
            byte[] picture = shown.SampleRate > 0 ? Waveform.Of(shown, PreviewColumns) : Bitmap.Of(shown, PreviewColumns);
            return TypedResults.Bytes(picture, "image/bmp");
        }
    }

    private static async IAsyncEnumerable<SseItem<State>> Events(Moment moment, [EnumeratorCancellation] CancellationToken gone)
    {
        while (true)
        {
            yield return new SseItem<State>(await moment.Read(), "now");
            await Task.Delay(Pace, gone);
        }
    }
}
