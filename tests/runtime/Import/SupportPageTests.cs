using System;
using System.IO;
using System.Linq;
using EdgeCnn.Trainer.Import.Onnx;
using EdgeCnn.Trainer.Import.Tflite;
using Xunit;

namespace EdgeCnn.Tests.Import;

/// <summary>The page about what can be imported says what the importer does.</summary>
public sealed class SupportPageTests
{
    [Fact]
    public void The_page_lists_exactly_the_operators_of_TensorFlow_Lite_that_can_be_imported() =>
        Assert.Equal(TfliteImporter.Supported.Select(code => $"{code}"), Listed("## TensorFlow Lite"));

    [Fact]
    public void The_page_lists_exactly_the_operators_of_ONNX_that_can_be_imported() =>
        Assert.Equal(OnnxImporter.Supported, Listed("## ONNX"));

    /// <summary>The first column of the first table behind a heading.</summary>
    private static string[] Listed(string heading)
    {
        string page = Path.Combine(Repository.Root, "trainer-host", "EdgeCnn.Trainer", "Import", "SUPPORT.md");
        return [.. File.ReadLines(page).SkipWhile(line => line != heading).SkipWhile(line => !line.StartsWith('|')).Skip(2)
            .TakeWhile(line => line.StartsWith('|')).Select(line => line.Split('|')[1].Trim())];
    }
}
