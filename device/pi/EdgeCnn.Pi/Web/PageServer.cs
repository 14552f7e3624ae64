using System;
using Microsoft.Extensions.Logging;
namespace EdgeCnn.Pi.Web;
internal sealed class PageServer : IDisposable
{
    public static PageServer Start(CameraService service, ILogger log) => new();
    public void Dispose() { }
}
