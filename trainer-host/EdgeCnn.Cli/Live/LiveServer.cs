using System;
using System.IO;
using System.Linq;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using EdgeCnn.Cli.Terminal;
using EdgeCnn.Trainer.Report.Page;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace EdgeCnn.Cli.Live;

/// <summary>Shows a <see cref="LiveFeed"/> to browsers of this computer, and to nobody else.</summary>
internal sealed class LiveServer : IDisposable
{
    private static readonly string[] OwnNames = ["127.0.0.1", "localhost"];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private readonly WebApplication _application;

    private LiveServer(WebApplication application) => _application = application;

    /// <summary>Where the page is.</summary>
    public string Address => $"{_application.Urls.Single()}/";

    /// <summary>Begins to serve.</summary>
    /// <param name="name">Name of the recipe.</param>
    /// <param name="feed">What to show.</param>
    /// <param name="port">The port; 0 for any that is free.</param>
    /// <exception cref="RefusedException">Another program has the port.</exception>
    public static LiveServer Start(string name, LiveFeed feed, int port)
    {
        // Nothing from environment or files, no log, no signals: those are the tool's.
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IHostLifetime, ToolLifetime>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = Patience);
        WebApplication application = builder.Build();
        application.Use(OwnNamesOnly);
        application.MapGet("/", () => TypedResults.Content(LivePage.Write(name, feed.Now), "text/html; charset=utf-8"));
        application.MapGet("/events", (CancellationToken gone) => TypedResults.ServerSentEvents(feed.Events(gone)));
        try
        {
            application.Start();
        }
        catch (IOException taken)
        {
            throw new RefusedException($"--port {port}: {taken.Message.TrimEnd('.')}; choose another port, or 0 for any that is free");
        }
        return new LiveServer(application);
    }

    /// <summary>Lets the watchers get what they have not got yet, and ends.</summary>
    public void Dispose()
    {
        _application.StopAsync().GetAwaiter().GetResult();
        ((IDisposable)_application).Dispose();
    }

    /// <summary>A page of somewhere else that has a name point here shall not read along.</summary>
    private static Task OwnNamesOnly(HttpContext context, RequestDelegate next)
    {
        if (OwnNames.Contains(context.Request.Host.Host, StringComparer.Ordinal))
            return next(context);
        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        return Task.CompletedTask;
    }

    private sealed class ToolLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
