using System;
using System.Buffers;
using System.Text.Json;
using EdgeCnn.Device;
using EdgeCnn.Pi.Pipeline;

namespace EdgeCnn.Pi.Outputs;

/// <summary>A reading as one line of JSON, in memory that the next ones use again. Allocates nothing.</summary>
internal sealed class ReadingJson : IDisposable
{
    private const int Bytes = 512;
    private readonly ArrayBufferWriter<byte> _line = new(Bytes);
    private readonly Utf8JsonWriter _json;

    public ReadingJson() => _json = new Utf8JsonWriter(_line);

    /// <summary>Writes <c>{"time":…,"frame":…,"label":…,"score":…,"best":…}</c>: when, which frame, the steady label or null
    /// and its mean score from 0 to 1, and the label that this frame by itself would have, or null when it holds no word.</summary>
    /// <returns>The line with its end, until the next call.</returns>
    public ReadOnlyMemory<byte> Write(Reading reading)
    {
        _line.ResetWrittenCount();
        _json.Reset();
        _json.WriteStartObject();
        _json.WriteString("time"u8, DateTime.UtcNow);
        _json.WriteNumber("frame"u8, reading.Frame);
        if (reading.LabelName is { } label) _json.WriteString("label"u8, label);
        else _json.WriteNull("label"u8);
        int shown = reading.Label == Reading.None ? reading.Best : reading.Label;
        int mean = shown == Reading.None ? 0 : reading.Means[shown];
        _json.WriteNumber("score"u8, Math.Round((double)mean / Smoothing.One, 3));
        if (reading.Best == Reading.None) _json.WriteNull("best"u8);
        else _json.WriteString("best"u8, reading.Labels[reading.Best]);
        _json.WriteEndObject();
        _json.Flush();
        _line.GetSpan(1)[0] = (byte)'\n';
        _line.Advance(1);
        return _line.WrittenMemory;
    }

    /// <inheritdoc/>
    public void Dispose() => _json.Dispose();
}
