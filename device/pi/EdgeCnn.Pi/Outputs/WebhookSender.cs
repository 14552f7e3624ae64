using System;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading;
using System.Threading.Tasks;
using EdgeCnn.Pi.Settings;

namespace EdgeCnn.Pi.Outputs;

/// <summary>Posts messages as JSON to an address. What fails is tried again after 0.5 s, 1 s, 2 s, …; what the other side refuses (4xx)
/// is not.</summary>
internal sealed class WebhookSender(WebhookSettings settings) : ISender
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(500);
    private readonly HttpClient _client = new() { Timeout = TimeSpan.FromSeconds(settings.TimeoutSeconds) };

    /// <inheritdoc/>
    public string Name => $"webhook {settings.Url}";

    /// <inheritdoc/>
    public async Task<string?> Send(byte[] message, CancellationToken stop)
    {
        TimeSpan pause = FirstPause;
        for (int retries = 0; ; retries++)
        {
            string trouble;
            try
            {
                using var content = new ByteArrayContent(message);
                content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
                using HttpResponseMessage answer = await _client.PostAsync(new Uri(settings.Url), content, stop);
                if (answer.IsSuccessStatusCode) return null;
                trouble = $"answers {(int)answer.StatusCode}";
                if ((int)answer.StatusCode < 500) return trouble;
            }
            catch (HttpRequestException failure)
            {
                trouble = failure.Message;
            }
            catch (OperationCanceledException) when (!stop.IsCancellationRequested)
            {
                trouble = $"no answer within {settings.TimeoutSeconds} s";
            }
            if (retries == settings.Retries) return trouble;
            await Task.Delay(pause, stop);
            pause *= 2;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();
}
