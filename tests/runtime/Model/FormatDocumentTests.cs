using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text.RegularExpressions;
using Xunit;

namespace EdgeCnn.Tests.Model;

/// <summary>The tables of the FORMAT.md pages and the constants of the code say the same.</summary>
public sealed partial class FormatDocumentTests
{
    private static readonly string RuntimeFolder = Path.Combine(Repository.Root, "runtime");

    private static readonly Type[] RuntimeTypes = typeof(ModelFile).Assembly.GetTypes();

    [Theory]
    [InlineData("Header", typeof(ModelFile))]
    [InlineData("Section table", typeof(ModelFile))]
    [InlineData("TENSORS", typeof(TensorRecord))]
    [InlineData("OPERATORS", typeof(OperatorRecord))]
    [InlineData("IO", typeof(IORecord))]
    [InlineData("Log-mel", typeof(LogMelRecord))]
    [InlineData("LEARN", typeof(LearnFile))]
    [InlineData("LEARN records", typeof(LearnRecord))]
    [InlineData("SIGN", typeof(SignRecord))]
    public void Every_field_of_a_record_has_the_documented_offset(string heading, Type code)
    {
        (string Name, int Offset, string Type)[] rows = Fields(Path.Combine(RuntimeFolder, "Model", "FORMAT.md"), heading);

        Assert.NotEmpty(rows);
        foreach ((string name, int offset, _) in rows) Assert.Equal(offset, Constant(code, name + "At"));
        AssertNoGaps(rows);
    }

    [Theory]
    [InlineData("Header")]
    [InlineData("Parts")]
    public void Every_field_of_a_delta_has_the_documented_offset(string heading)
    {
        (string Name, int Offset, string Type)[] rows = Fields(Path.Combine(RuntimeFolder, "Learning", "Deltas", "DELTA.md"), heading);

        foreach ((string name, int offset, _) in rows) Assert.Equal(offset, Constant(typeof(DeltaFile), name + "At"));
        AssertNoGaps(rows);
        Assert.Equal(heading == "Header" ? DeltaFile.HeaderBytes : DeltaFile.PartBytes, rows[^1].Offset + Size(rows[^1].Type));
    }

    [Fact]
    public void Every_offset_in_the_code_is_documented()
    {
        string page = Path.Combine(RuntimeFolder, "Model", "FORMAT.md");
        (string[] Headings, Type Code)[] records =
        [
            (["Header", "Section table"], typeof(ModelFile)), (["TENSORS"], typeof(TensorRecord)),
            (["OPERATORS"], typeof(OperatorRecord)), (["Log-mel"], typeof(LogMelRecord)),
            (["LEARN records"], typeof(LearnRecord)), (["SIGN"], typeof(SignRecord)),
        ];
        foreach ((string[] headings, Type code) in records)
        {
            IEnumerable<string> documented = headings.SelectMany(heading => Fields(page, heading)).Select(row => row.Name + "At");
            IEnumerable<string> inCode = Constants(code).Select(field => field.Name).Where(name => name.EndsWith("At", StringComparison.Ordinal));
            Assert.Equal(inCode.Order(StringComparer.Ordinal), documented.Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void Section_types_have_the_documented_numbers()
    {
        string[] lines = Section(Path.Combine(RuntimeFolder, "Model", "FORMAT.md"), "Sections");
        (string Name, int Number)[] documented = [.. lines.Select(line => SectionRow().Match(line)).Where(match => match.Success)
            .Select(match => (match.Groups[2].Value, int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)))];

        Assert.Equal(
            Constants(typeof(SectionType)).Select(field => (field.Name, (int)field.GetRawConstantValue()!)).Order(), documented.Order());
    }

    [Fact]
    public void Every_operator_has_a_page_with_its_code_and_its_fields()
    {
        Type[] operators = [.. RuntimeTypes.Where(type => type.GetField("Code", Everything) is { IsLiteral: true })];
        Assert.True(operators.Length >= 4);
        foreach (Type type in operators)
        {
            string page = Path.Combine(RuntimeFolder, "Operators", type.Name, "FORMAT.md");
            Assert.Equal($"# {type.Name}, operator code {Constant(type, "Code")}", File.ReadLines(page).First());
            (string Name, int Offset, string Type)[] rows = Fields(page, null);
            foreach ((string name, int offset, _) in rows)
                Assert.Contains(
                    new[] { type, typeof(Window), typeof(Clamp), typeof(Broadcast), typeof(Softmax), typeof(OperatorRecord) },
                    code => code.GetField(name + "At", Everything)?.GetRawConstantValue() is int value && value == offset);
            AssertNoGaps(rows);
            Assert.Equal(OperatorRecord.OwnAt, rows[0].Offset);
            Assert.Equal(OperatorRecord.Bytes, rows[^1].Offset + Size(rows[^1].Type));
        }
    }

    private const BindingFlags Everything = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    private static IEnumerable<FieldInfo> Constants(Type type) => type.GetFields(Everything).Where(field => field.IsLiteral);

    private static int Constant(Type type, string name) =>
        (int)(type.GetField(name, Everything) ?? throw new InvalidOperationException($"{type.Name} has no {name}")).GetRawConstantValue()!;

    private static void AssertNoGaps((string Name, int Offset, string Type)[] rows)
    {
        for (int i = 1; i < rows.Length; i++) Assert.Equal(rows[i].Offset, rows[i - 1].Offset + Size(rows[i - 1].Type));
    }

    private static int Size(string type)
    {
        Match match = TypeName().Match(type);
        int bits = int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);
        return bits / 8 * (match.Groups[2].Success ? int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture) : 1);
    }

    private static (string Name, int Offset, string Type)[] Fields(string page, string? heading) =>
        [.. Section(page, heading).Select(line => FieldRow().Match(line)).Where(match => match.Success).Select(match => (
            match.Groups[3].Value, int.Parse(match.Groups[1].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture), match.Groups[2].Value))];

    private static string[] Section(string page, string? heading)
    {
        string[] lines = File.ReadAllLines(page);
        return heading is null
            ? lines
            : [.. lines.SkipWhile(line => line != $"## {heading}").Skip(1).TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))];
    }

    [GeneratedRegex(@"^\| 0x([0-9A-F]+) \| ([ui]\d+(?:\[\d+\])?) \| (\w+) \|")]
    private static partial Regex FieldRow();

    [GeneratedRegex(@"^\| (\d+) \| (\w+) \|")]
    private static partial Regex SectionRow();

    [GeneratedRegex(@"^[ui](\d+)(?:\[(\d+)\])?$")]
    private static partial Regex TypeName();
}
