using System.Text.Json.Serialization;
using EdgeCnn.Trainer;

namespace EdgeCnn.Cli.Results;

/// <summary>One image and the model's answer.</summary>
/// <param name="Expected">Name of the image's class.</param>
/// <param name="Label">Name of the class that the model gives it.</param>
/// <param name="Score">How sure the model is: the output's real value.</param>
internal sealed record SampleResult(string Expected, string Label, double Score)
{
    /// <summary>Shape of the image.</summary>
    [JsonIgnore]
    public Shape Shape { get; init; }

    /// <summary>The image, row by row.</summary>
    [JsonIgnore]
    public byte[] Pixels { get; init; } = [];
}
