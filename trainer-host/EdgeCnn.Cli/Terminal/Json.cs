using System.Text.Encodings.Web;
using System.Text.Json;

namespace EdgeCnn.Cli.Terminal;

/// <summary>How results are written for scripts: camelCase, indented, characters as they are.</summary>
internal static class Json
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Of<TResult>(TResult result) => JsonSerializer.Serialize(result, Options);
}
