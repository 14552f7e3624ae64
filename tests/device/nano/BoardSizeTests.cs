using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using EdgeCnn.Tests;
using Xunit;

namespace EdgeCnn.Device.Tests;

/// <summary>Which example fits which board, in a window and with room for its own upload: the table in device/nano/README.md.</summary>
public sealed class BoardSizeTests
{
    /// <summary>Managed heaps of nanoFramework's boards, in KB; where they are stated is in the README.</summary>
    private static readonly Dictionary<string, int> s_heaps = new()
    {
        ["ST_B_L475E_IOT01A"] = 32,
        ["ESP32"] = 84,
        ["ORGPAL_PALTHREE"] = 8192,
    };

    /// <summary>What the assemblies' own objects, stacks of threads and the libraries' short-lived arrays are left.</summary>
    private const int Reserve = 8 * 1024;

    private static readonly string s_readme = Path.Combine(Repository.Root, "device", "nano", "README.md");

    /// <summary>The models of the table's rows.</summary>
    public static TheoryData<string> Models =>
        [.. File.ReadAllLines(s_readme).Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .Where(cells => cells.Length > 2 && cells[1].EndsWith(".ecnn", StringComparison.Ordinal)).Select(cells => cells[1])];

    [Theory]
    [MemberData(nameof(Models))]
    public void The_table_says_what_the_application_takes(string name)
    {
        byte[] model = File.ReadAllBytes(Path.Combine(Repository.Root, "models", name));
        int[] arrays = Arrays(model, slotBytes: 0), served = Arrays(model, (model.Length + 1023) & -1024);
        string fits = string.Join(
            " | ", s_heaps.Values.Select(heap => Fits(served, heap) ? "line" : Fits(arrays, heap) ? "window" : "–"));
        string row = string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {model.Length:n0} | {arrays.Max():n0} | {arrays.Sum():n0} | {served.Sum():n0} | {fits} |");
        Measured.Note(
            $"nanoFramework application, {name}: largest array {arrays.Max():n0}, in all {arrays.Sum():n0} bytes of RAM in a window");

        Assert.True(File.ReadAllLines(s_readme).Contains(row), $"the row in {s_readme} should be {row}");
        Assert.True(Fits(served, s_heaps["ORGPAL_PALTHREE"]), "fits no board");
        Assert.True(arrays.Max() < 64 * 1024);
    }

    private static bool Fits(int[] arrays, int kilobytes) => arrays.Sum() + Reserve <= kilobytes * 1024;

    /// <summary>The arrays that the application makes for a model and a slot.</summary>
    private static int[] Arrays(byte[] model, int slotBytes)
    {
        var disk = new Dictionary<string, List<byte>> { [@"I:\slot0.ecnn"] = [.. model] };
        var settings = new Dictionary<string, object> { ["SlotBytes"] = slotBytes, ["ArenaBytes"] = 0, ["Operators"] = 0 };
        return new NanoMachine(disk, settings).Arrays;
    }
}
