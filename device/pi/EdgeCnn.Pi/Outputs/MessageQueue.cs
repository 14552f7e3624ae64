using System;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;
using EdgeCnn.Pi.Pipeline;
using Microsoft.Extensions.Logging;

namespace EdgeCnn.Pi.Outputs;

/// <summary>
/// Sends a message at every change of the label from a task of its own, which may be slow: up to <see cref="Capacity"/> messages wait, then
/// the oldest is given up.
/// </summary>
internal sealed class MessageQueue : IOutput
{
    /// <summary>Messages that may wait.</summary>
    public const int Capacity = 64;

    private static readonly TimeSpan LastMessages = TimeSpan.FromSeconds(3);
    private readonly ReadingJson _json = new();
    private readonly Channel<byte[]> _waiting;
    private readonly CancellationTokenSource _stop = new();
    private readonly ISender _sender;
    private readonly ILogger _log;
    private readonly Task _sending;
    private long _lost;

    /// <summary>Begins.</summary>
    public MessageQueue(ISender sender, ILogger log)
    {
        (_sender, _log) = (sender, log);
        _waiting = Channel.CreateBounded<byte[]>(
            new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true },
            _ => Interlocked.Increment(ref _lost));
        _sending = Task.Run(Send);
    }

    /// <inheritdoc/>
    public string Name => _sender.Name;

    /// <summary>Messages that were given up.</summary>
    public long Lost => Interlocked.Read(ref _lost);

    /// <inheritdoc/>
    public void Tell(Reading reading, bool isChange)
    {
        if (isChange) _waiting.Writer.TryWrite(_json.Write(reading)[..^1].ToArray());
    }

    /// <summary>Sends what waits, for a few seconds, and ends.</summary>
    public void Dispose()
    {
        _waiting.Writer.Complete();
        _stop.CancelAfter(LastMessages);
        _sending.Wait();
        _sender.Dispose();
        _stop.Dispose();
        _json.Dispose();
    }

    private async Task Send()
    {
        bool isInTrouble = false;
        try
        {
            await foreach (byte[] message in _waiting.Reader.ReadAllAsync(_stop.Token))
            {
                string? trouble = await _sender.Send(message, _stop.Token);
                if (trouble is not null) Interlocked.Increment(ref _lost);
                if (trouble is not null && !isInTrouble) _log.Warn($"{Name}: {trouble}; messages are lost");
                isInTrouble = trouble is not null;
            }
        }
        catch (OperationCanceledException)
        {
            _log.Warn($"{Name}: ended with messages that were not sent");
        }
    }
}
