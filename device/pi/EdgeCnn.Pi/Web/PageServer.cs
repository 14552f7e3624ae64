using System;
using System.IO;
using System.Linq;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using EdgeCnn.Pi.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EdgeCnn.Pi.Web;

/// <summary>Serves the page, and what programs ask for: numbers, health, teaching, models.</summary>
internal sealed class PageServer : IDisposable
{
    private const int MostConnections = 64, MostHeaderBytes = 8 << 10;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3), SlowClient = TimeSpan.FromSeconds(5);
    private readonly WebApplication _application;

    private PageServer(WebApplication application) => _application = application;

    /// <summary>Where the page is.</summary>
    public string Address => $"{_application.Urls.Single()}/";

    /// <summary>Begins to serve.</summary>
    /// <param name="service">What to show.</param>
    /// <param name="log">Learns the address.</param>
    /// <exception cref="IOException">Another program has the port, or the address is none of this computer.</exception>
    public static PageServer Start(CameraService service, ILogger log)
    {
        WebSettings web = service.Settings.Web;
        // Nothing from environment or files, no log, no signals: those are the program's.
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Limit(kestrel, service.Settings));
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = Patience);
        WebApplication application = builder.Build();
        application.Use(new Access(web).Check);
        Pages.Map(application);
        Views.Map(application, service);
        Changes.Map(application, service);
        try
        {
            application.Start();
        }
        catch (IOException taken)
        {
            throw new IOException(FormattableString.Invariant($"Web:Port {web.Port}: {taken.Message.TrimEnd('.')}; choose another"));
        }
        var server = new PageServer(application);
        log.Say($"the page is at {server.Address}");
        return server;
    }

    /// <summary>Ends it.</summary>
    public void Dispose()
    {
        _application.StopAsync().GetAwaiter().GetResult();
        ((IDisposable)_application).Dispose();
    }

    /// <summary>Bounds what one who means harm, or has a bad line, can take.</summary>
    private static void Limit(KestrelServerOptions kestrel, PiSettings settings)
    {
        kestrel.Listen(IPAddress.Parse(settings.Web.Address), settings.Web.Port);
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxConcurrentConnections = MostConnections;
        kestrel.Limits.MaxRequestHeadersTotalSize = MostHeaderBytes;
        kestrel.Limits.MaxRequestBodySize = settings.Model.MaxBytes;
        kestrel.Limits.RequestHeadersTimeout = SlowClient;
        kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 1000, gracePeriod: SlowClient);
    }

    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
