using System;
using System.Linq;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Tasks;
using EdgeCnn.Pi.Settings;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace EdgeCnn.Pi.Web;

/// <summary>
/// Who may do what. Everybody who reaches the page may look; who changes something shows the token, where one is set. Pages of other sites
/// may do neither, even in a browser on this computer.
/// </summary>
internal sealed class Access(WebSettings settings)
{
    private const string Scheme = "Bearer ";
    private static readonly string[] OwnNames = ["127.0.0.1", "localhost", "[::1]"];
    private readonly bool _isOwnOnly = IPAddress.IsLoopback(IPAddress.Parse(settings.Address));
    private readonly byte[] _token = SHA256.HashData(Encoding.UTF8.GetBytes(settings.Token));

    /// <summary>Lets a request through, or answers it.</summary>
    public Task Check(HttpContext context, RequestDelegate next)
    {
        HttpRequest request = context.Request;
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers.CacheControl = "no-store";
        // A name of somewhere else that was made to point here (DNS rebinding).
        if (_isOwnOnly && !OwnNames.Contains(request.Host.Host, StringComparer.OrdinalIgnoreCase))
            return Refuse(context, StatusCodes.Status400BadRequest, "this page is for this computer only");
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) return next(context);
        if (request.Headers.Origin is [{ } origin] && origin != $"{request.Scheme}://{request.Host}")
            return Refuse(context, StatusCodes.Status403Forbidden, "a page of another site may change nothing");
        if (settings.Token.Length > 0 && !HasToken(request))
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
            return Refuse(context, StatusCodes.Status401Unauthorized, "the token (Web:Token) is missing or wrong");
        }
        return next(context);
    }

    /// <summary>Answers with a reason.</summary>
    public static Task Refuse(HttpContext context, int status, string reason)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(new Refusal(reason), Json.Default.Refusal);
    }

    /// <summary>Compares in a time that tells nothing.</summary>
    private bool HasToken(HttpRequest request) =>
        request.Headers[HeaderNames.Authorization] is [{ } given] && given.StartsWith(Scheme, StringComparison.Ordinal)
        && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(given[Scheme.Length..])), _token);
}
