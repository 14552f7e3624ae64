using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using EdgeCnn.Trainer.Import.Onnx;

namespace EdgeCnn.Tests.Import.Onnx;

/// <summary>
/// What ONNX Runtime has answered, as record-onnxruntime.sh recorded it: for every model where its integers differ from the definition
/// in real numbers, and by how much.
/// </summary>
/// <param name="Differences">Which result, which element, plus how much.</param>
internal sealed record OnnxRuntimeRecord((int Result, int Element, int Difference)[] Differences)
{
    private const string FileName = "onnxruntime.txt";

    /// <summary>Where models are to be written, or null.</summary>
    internal static string? CasesFolder =>
        Environment.GetEnvironmentVariable("EDGECNN_ONNX_CASES") is { Length: > 0 } set ? set : null;

    /// <summary>All recorded models by name. A line is a name, a tab, and result:element:difference with spaces between.</summary>
    internal static Dictionary<string, OnnxRuntimeRecord> Read()
    {
        string path = Path.Combine(Repository.Root, "tests", "runtime", "Import", "Onnx", FileName);
        return File.ReadLines(path).Select(line => line.Split('\t')).ToDictionary(
            parts => parts[0],
            parts => new OnnxRuntimeRecord([.. parts[1].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Parse)]));
    }

    /// <summary>Writes a model, its inputs and what its definition gives.</summary>
    internal static void Write(OnnxCase test, FloatTensor[] real, sbyte[][] definition)
    {
        string folder = Path.Combine(CasesFolder!, test.Name);
        Directory.CreateDirectory(folder);
        File.WriteAllBytes(Path.Combine(folder, "model.onnx"), test.File(real));
        for (int i = 0; i < test.Inputs.Length; i++)
            File.WriteAllBytes(Path.Combine(folder, $"q{i}"), [.. test.Values(i).Select(q => test.Stored(q))]);
        for (int i = 0; i < definition.Length; i++)
            File.WriteAllBytes(Path.Combine(folder, $"r{i}"), [.. definition[i].Select(q => test.Stored(q))]);
    }

    /// <summary>ONNX Runtime's integers.</summary>
    internal sbyte[][] Apply(sbyte[][] definition)
    {
        sbyte[][] answers = [.. definition.Select(result => result.ToArray())];
        foreach ((int result, int element, int difference) in Differences)
            answers[result][element] = (sbyte)(answers[result][element] + difference);
        return answers;
    }

    private static (int, int, int) Parse(string difference)
    {
        int[] numbers = [.. difference.Split(':').Select(int.Parse)];
        return (numbers[0], numbers[1], numbers[2]);
    }
}
