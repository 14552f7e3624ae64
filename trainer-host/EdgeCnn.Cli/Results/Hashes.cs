using System.Globalization;

namespace EdgeCnn.Cli.Results;

/// <summary>Hashes as results write them.</summary>
internal static class Hashes
{
    /// <summary>16 hexadecimal digits.</summary>
    public static string Text(ulong hash) => hash.ToString("x16", CultureInfo.InvariantCulture);
}
