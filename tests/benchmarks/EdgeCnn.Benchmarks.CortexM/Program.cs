using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.IO;
using System.Linq;
using EdgeCnn;
using EdgeCnn.Benchmarks.CortexM;
using EdgeCnn.Benchmarks.CortexM.Measuring;
using EdgeCnn.Managed;
using EdgeCnn.Tests;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Import.Tflite;
using Spectre.Console;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
AnsiConsole.Profile.Width = 160;
var models = new Argument<string[]>("models") { Description = "Golden models; without any, all", Arity = ArgumentArity.ZeroOrMore };
var operators = new Option<bool>("--operators") { Description = "Show each operator's instructions too" };
var cards = new Option<bool>("--cards") { Description = "Measure the models under models/ instead, and write it into their cards" };
var root = new RootCommand("Counts the instructions that models take on emulated Cortex-M boards, and what memory they need.")
{
    models, operators, cards,
};
root.SetAction(result =>
{
    using var counter = new InstructionCounter(Path.Combine(Repository.Shared, "tools", "insn-count.c"));
    if (result.GetValue(cards)) Cards.Write(counter);
    else Golden(counter, result.GetValue(models) ?? [], result.GetValue(operators));
});
return root.Parse(args).Invoke();

static void Golden(InstructionCounter counter, string[] names, bool withOperators)
{
    string folder = Path.Combine(Repository.Shared, "golden");
    string[] all = [.. Directory.GetFiles(folder, "model.tflite", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(folder, Path.GetDirectoryName(file)!))
        .Where(name => !name.Contains(Path.DirectorySeparatorChar))
        .Order(StringComparer.Ordinal)];
    Table table = Columns("model", [.. Board.All.Select(board => $"{board}, M instructions"), "arena", "stack", "text"]);
    var details = new List<Table>();
    foreach (string name in names.Length > 0 ? names : all)
    {
        byte[] model = ModelWriter.Write(TfliteImporter.Import(File.ReadAllBytes(Path.Combine(folder, name, "model.tflite"))));
        byte[] input = File.ReadAllBytes(Path.Combine(folder, name, "in_0.bin"));
        Measurement[] measured = [.. Board.All.Select(board => Measurement.Of(counter, board.Machine, model, input))];
        table.AddRow(Row(name, measured));
        if (Peer.ByModel.TryGetValue(name, out Peer? peer)) table.AddRow(PeerRow(peer));
        if (withOperators) details.Add(Details(name, model, measured));
    }
    AnsiConsole.Write(table);
    details.ForEach(AnsiConsole.Write);
}

static string[] Row(string name, Measurement[] measured) =>
[
    name,
    .. measured.Select(one => $"{one.Instructions / 1e6:f3}"),
    $"{measured[0].ArenaBytes:n0}", $"{measured.Max(one => one.StackBytes):n0}", $"{measured.Max(one => one.TextBytes):n0}",
];

static string[] PeerRow(Peer peer) =>
[
    "  TFLM + CMSIS-NN", "", $"{peer.M4:f3}", "", "", peer.M55 == 0 ? "" : $"{peer.M55:f3}",
    $"{peer.ArenaBytes:n0}", "", $"{peer.TextBytes:n0}",
];

static Table Details(string name, byte[] model, Measurement[] measured)
{
    Table table = Columns($"{name}: operator", [.. Board.All.Select(board => $"{board}"), "multiply-accumulates"]);
    using EdgeModel desktop = EdgeModel.Open(model, TileCode.Portable);
    foreach (OperatorInfo op in desktop.Operators)
        table.AddRow([$"{op.Index} {op.Name}", .. measured.Select(one => $"{one.Operators[op.Index]:n0}"), $"{op.Macs:n0}"]);
    return table;
}

static Table Columns(string first, string[] others)
{
    Table table = new Table().Border(TableBorder.Markdown).AddColumn(first);
    foreach (string column in others) table.AddColumn(column, cell => cell.RightAligned());
    return table;
}
