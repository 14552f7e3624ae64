using System.Collections.Generic;
using System.Text.Json.Serialization;
using EdgeCnn.Pi.Models;
using EdgeCnn.Pi.Pipeline;
using EdgeCnn.Pi.Teaching;

namespace EdgeCnn.Pi.Web;

/// <summary>Why something was not done.</summary>
internal sealed record Refusal(string Error);

/// <summary>The moment, as the page and programs see it.</summary>
/// <param name="Source">What frames come from; null while none do.</param>
/// <param name="Trouble">What is wrong; empty when all is well.</param>
/// <param name="Frame">Number of the last frame.</param>
/// <param name="Label">The steady label; null without one.</param>
/// <param name="Labels">All labels.</param>
/// <param name="Means">Their scores over the last frames, 0 to 1.</param>
/// <param name="Latencies">How long frames take.</param>
/// <param name="Dropped">Frames that were skipped for newer ones.</param>
/// <param name="Temperature">Of the processor, in degrees Celsius; null where it says nothing.</param>
/// <param name="CanLearn">Whether the model can be taught.</param>
/// <param name="Lessons">What it was taught, the newest first.</param>
/// <param name="Models">What is in the slots.</param>
/// <param name="NeedsToken">Whether the token must be shown to change anything.</param>
internal sealed record State(
    string? Source, string Trouble, long Frame, string? Label, IReadOnlyList<string> Labels, IReadOnlyList<double> Means,
    Latencies Latencies, long Dropped, double? Temperature, bool CanLearn, IReadOnlyList<Lesson> Lessons, IReadOnlyList<SlotInfo> Models,
    bool NeedsToken);

/// <summary>How these are written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(State))]
[JsonSerializable(typeof(Refusal))]
internal sealed partial class Json : JsonSerializerContext;
