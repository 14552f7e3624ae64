using System.IO;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace EdgeCnn.Pi.Web;

/// <summary>The files of the page, which are inside the program: no path of a request is ever a path of a file.</summary>
internal static class Pages
{
    /// <summary>Only what comes from here is loaded and run.</summary>
    private const string Policy = "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    private static readonly (string Path, string File, string Type)[] Files =
    [
        ("/", "page.html", "text/html; charset=utf-8"),
        ("/page.css", "page.css", "text/css; charset=utf-8"),
        ("/page.js", "page.js", "text/javascript; charset=utf-8"),
    ];

    /// <summary>Adds them.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        foreach ((string path, string file, string type) in Files)
        {
            string content = Read(file);
            routes.MapGet(path, (HttpContext context) =>
            {
                context.Response.Headers.ContentSecurityPolicy = Policy;
                return TypedResults.Content(content, type);
            });
        }
    }

    private static string Read(string file)
    {
        using var reader = new StreamReader(typeof(Pages).Assembly.GetManifestResourceStream(file)!);
        return reader.ReadToEnd();
    }
}
