using System;
using System.IO;
using System.Linq;
using EdgeCnn.Trainer.Import.Tflite;
using Xunit;

namespace EdgeCnn.Tests.Import;

/// <summary>The page about what can be imported says what the importer does.</summary>
public sealed class SupportPageTests
{
    [Fact]
    public void The_page_lists_exactly_the_operators_that_can_be_imported()
    {
        string page = Path.Combine(Repository.Root, "trainer-host", "EdgeCnn.Trainer", "Import", "SUPPORT.md");
        string[] listed = [.. File.ReadLines(page).SkipWhile(line => line.Length == 0 || line[0] != '|').Skip(2)
            .TakeWhile(line => line.StartsWith('|')).Select(line => line.Split('|')[1].Trim())];
        Assert.Equal(TfliteImporter.Supported.Select(code => $"{code}"), listed);
    }
}
