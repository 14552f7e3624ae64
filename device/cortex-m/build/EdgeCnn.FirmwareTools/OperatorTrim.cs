using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;

namespace EdgeCnn.FirmwareTools;

/// <summary>
/// Leaves lines out of the runtime's tables of operators. Each of their cases names one operator, and ilc compiles what a table reaches:
/// an operator without a case is not in the firmware, and the check refuses models that use it.
/// </summary>
internal static partial class OperatorTrim
{
    private const int UsedAt = 0x20, UsedBytes = 16;

    /// <summary>The names of a list like <c>Conv2D FullyConnected</c>.</summary>
    /// <exception cref="InvalidDataException">An operator is unknown.</exception>
    internal static HashSet<string> Named(string list, IReadOnlyDictionary<string, int> codes)
    {
        HashSet<string> names = [.. list.Split([' ', ',', ';'], StringSplitOptions.RemoveEmptyEntries)];
        string? unknown = names.FirstOrDefault(name => !codes.ContainsKey(name));
        return unknown is null
            ? names
            : throw new InvalidDataException($"no operator {unknown}; there are {string.Join(' ', codes.Keys.Order())}");
    }

    /// <summary>The operators that a model's header lists: bit c of 16 bytes for code c (FORMAT.md).</summary>
    internal static HashSet<string> UsedBy(byte[] model, IReadOnlyDictionary<string, int> codes)
    {
        if (model.Length < UsedAt + UsedBytes || !model.AsSpan().StartsWith("ECNN"u8)) throw new InvalidDataException("not a model file");
        return [.. codes.Where(entry => (model[UsedAt + entry.Value / 8] >> entry.Value % 8 & 1) != 0).Select(entry => entry.Key)];
    }

    /// <summary>The code of each operator, by the name of its class.</summary>
    /// <param name="folder">runtime/Operators.</param>
    internal static Dictionary<string, int> Codes(string folder) => Directory
        .EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
        .Select(file => (Name: Path.GetFileNameWithoutExtension(file), Code: CodePattern().Match(File.ReadAllText(file))))
        .Where(entry => entry.Code.Success && !entry.Name.Contains('.'))
        .ToDictionary(entry => entry.Name, entry => int.Parse(entry.Code.Groups[1].ValueSpan));

    /// <summary>Copies the tables with the cases of some operators only. A copy that is there already and equal is not touched.</summary>
    internal static void Copy(string source, string folder, HashSet<string> operators)
    {
        foreach (string file in Directory.EnumerateFiles(source, "OperatorTable*.cs"))
        {
            string copy = Path.Combine(folder, Path.ChangeExtension(Path.GetFileName(file), ".g.cs"));
            string text = CasePattern().Replace(File.ReadAllText(file), one => operators.Contains(one.Groups[1].Value) ? one.Value : "");
            if (!File.Exists(copy) || File.ReadAllText(copy) != text) File.WriteAllText(copy, text);
        }
    }

    [GeneratedRegex(@"const int Code = (\d+);")]
    private static partial Regex CodePattern();

    [GeneratedRegex(@"\n +case (\w+)\.Code:(?:\s+return [^;]*;|[^:]*?break;)")]
    private static partial Regex CasePattern();
}
