using System.IO;
using EdgeCnn.Pi.Pipeline;
using EdgeCnn.Pi.Settings;

namespace EdgeCnn.Pi.Outputs;

/// <summary>Lines of JSON on a stream.</summary>
/// <param name="stream">Where to write; disposed of with this.</param>
/// <param name="occasion">When.</param>
internal sealed class LinesOutput(Stream stream, Occasion occasion) : IOutput
{
    private readonly ReadingJson _json = new();

    /// <inheritdoc/>
    public string Name => "standard output";

    /// <inheritdoc/>
    public void Tell(Reading reading, bool isChange)
    {
        if (occasion != Occasion.Frame && !isChange) return;
        stream.Write(_json.Write(reading).Span);
        stream.Flush();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _json.Dispose();
        stream.Dispose();
    }
}
