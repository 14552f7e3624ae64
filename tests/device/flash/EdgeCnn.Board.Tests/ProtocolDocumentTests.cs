using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text.RegularExpressions;
using EdgeCnn.Board;
using Xunit;

namespace EdgeCnn.Tests.Boards;

/// <summary>The tables of PROTOCOL.md and the constants of the code say the same.</summary>
public sealed partial class ProtocolDocumentTests
{
    private static readonly string[] s_page = File.ReadAllLines(Path.Combine(Repository.Root, "device", "flash", "PROTOCOL.md"));

    [Fact]
    public void Every_field_of_a_frame_has_the_documented_offset() => AssertFields("Frames", typeof(FrameRecord));

    [Fact]
    public void Every_field_of_the_info_has_the_documented_offset()
    {
        AssertFields("Info", typeof(InfoRecord));
        (string _, int offset, int bytes) = Fields("Info")[^1];
        Assert.Equal(InfoRecord.Bytes, offset + bytes);
    }

    [Fact]
    public void Every_field_in_flash_has_the_documented_offset()
    {
        AssertFields("Flash", typeof(Journal), typeof(DeltaArea));
        string flash = string.Join('\n', Section("Flash"));
        Assert.Contains($"0x{Journal.Magic:X8}", flash, StringComparison.Ordinal);
        Assert.Contains($"0x{DeltaArea.Magic:X8}", flash, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Commands", typeof(Command))]
    [InlineData("Statuses", typeof(Status))]
    [InlineData("What runs after a reset", typeof(Boot))]
    public void Every_number_is_the_documented_one(string heading, Type code)
    {
        IEnumerable<(string, int)> documented = Section(heading).Select(line => NumberRow().Match(line)).Where(match => match.Success)
            .Select(match => (match.Groups[2].Value, Number(match.Groups[1].Value)));

        Assert.Equal(Constants(code).Where(constant => !constant.Name.EndsWith("At", StringComparison.Ordinal)).Order(), documented.Order());
    }

    private static void AssertFields(string heading, params Type[] code)
    {
        (string Name, int Offset, int Bytes)[] rows = Fields(heading);
        Assert.Equal(
            code.SelectMany(Constants).Where(constant => constant.Name.EndsWith("At", StringComparison.Ordinal)).Order(),
            rows.Select(row => (row.Name + "At", row.Offset)).Order());
        for (int i = 1; i < rows.Length; i++)
            if (rows[i].Offset != 0) Assert.Equal(rows[i].Offset, rows[i - 1].Offset + rows[i - 1].Bytes);
    }

    private static (string Name, int Offset, int Bytes)[] Fields(string heading) =>
        [.. Section(heading).Select(line => FieldRow().Match(line)).Where(match => match.Success).Select(match => (
            match.Groups[4].Value, Number(match.Groups[1].Value),
            Number(match.Groups[2].Value) / 8 * (match.Groups[3].Value is "" ? 1 : Number(match.Groups[3].Value))))];

    private static IEnumerable<string> Section(string heading) =>
        s_page.SkipWhile(line => line != $"## {heading}").Skip(1).TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal));

    private static IEnumerable<(string Name, int Value)> Constants(Type code) =>
        code.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
            .Where(field => field.IsLiteral && field.FieldType == typeof(int)).Select(field => (field.Name, (int)field.GetRawConstantValue()!));

    private static int Number(string text) => text.StartsWith("0x", StringComparison.Ordinal)
        ? int.Parse(text[2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture)
        : int.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^\| (0x[0-9A-F]+) \| [ui](\d+)(?:\[(\d*)\])? \| (\w+) \|")]
    private static partial Regex FieldRow();

    [GeneratedRegex(@"^\| (0x[0-9A-F]+|\d+) \| (\w+) \|")]
    private static partial Regex NumberRow();
}
