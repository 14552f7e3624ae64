using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using EdgeCnn.Managed;

namespace EdgeCnn.Trainer.Training;

/// <summary>
/// The file that tells how a training went: an <see cref="EpochResult"/> per line, as JSON. It holds no time, so equal trainings write
/// equal files.
/// </summary>
public static class RunLog
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>Writes the file, whole or not at all.</summary>
    /// <exception cref="IOException">The file can't be written.</exception>
    public static void Save(string path, IEnumerable<EpochResult> history) =>
        AtomicFile.Write(path, Encoding.UTF8.GetBytes(string.Concat(history.Select(epoch => Line(epoch) + "\n"))));

    /// <summary>Reads a file.</summary>
    /// <exception cref="InvalidDataException">A line is none of an epoch.</exception>
    /// <exception cref="IOException">The file can't be read.</exception>
    public static IReadOnlyList<EpochResult> Load(string path) =>
        [.. File.ReadLines(path).Select((line, index) => Parse(line) ?? throw new InvalidDataException(
            $"{path}: line {index + 1}: this is no epoch of a training; train again"))];

    /// <summary>An epoch as one line of JSON.</summary>
    public static string Line(EpochResult epoch) => JsonSerializer.Serialize(epoch, Options);

    private static EpochResult? Parse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<EpochResult>(line, Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
