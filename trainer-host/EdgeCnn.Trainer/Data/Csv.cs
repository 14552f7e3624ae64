using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text;
using EdgeCnn.Trainer.Kinds;

namespace EdgeCnn.Trainer.Data;

/// <summary>
/// Images as lines of text: the pixels row by row, then the label, separated by commas; like the digits of the UCI repository (8×8,
/// pixels 0 … 16).
/// </summary>
[Kind("csv")]
public sealed class Csv : DataSource
{
    private readonly string _file;
    private readonly int _height;
    private readonly int _width;
    private readonly int _largest;
    private readonly double _testShare;
    private readonly ulong _seed;

    /// <summary>A source that splits one file into training and test images.</summary>
    /// <param name="file">Name of the file, plain or <c>.gz</c>.</param>
    /// <param name="height">Rows of an image.</param>
    /// <param name="width">Columns of an image.</param>
    /// <param name="largest">Largest pixel, which becomes 255.</param>
    /// <param name="testShare">Share of every class to test with, between 0 and 1.</param>
    /// <param name="seed">What the split is drawn from.</param>
    public Csv(string file = "digits.csv", int height = 8, int width = 8, int largest = 16, double testShare = 0.2, ulong seed = 1)
    {
        _file = file;
        _height = Require.AtLeast(height, 1, nameof(height));
        _width = Require.AtLeast(width, 1, nameof(width));
        _largest = (int)Require.Within(largest, 1, 255, nameof(largest));
        _testShare = Split.Share(testShare, nameof(testShare));
        _seed = seed;
    }

    /// <inheritdoc/>
    public override DataSplit Load(DataRequest request)
    {
        var path = DataFile.Find(Needed(request.Folder), _file);
        var all = Read(path, request.Classes);
        var (train, test) = Split.ByClass(all.Labels, _testShare, _seed);
        return test.Length > 0
            ? new DataSplit(all.Select(train), all.Select(test))
            : throw new InvalidDataException($"{path}: no class has two images, one of them to test with");
    }

    /// <summary>Reads all lines of a file.</summary>
    /// <exception cref="InvalidDataException">A line is not what it should be; the message names file and line.</exception>
    public Dataset Read(string path, IReadOnlyList<string> classes)
    {
        ArgumentNullException.ThrowIfNull(classes);
        var pixels = new List<byte>();
        var labels = new List<byte>();
        var lines = Encoding.ASCII.GetString(DataFile.Read(path)).Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i].AsSpan().Trim().IsEmpty)
                continue;
            var fields = lines[i].Split(',');
            if (fields.Length != _height * _width + 1)
                throw Wrong(path, i, $"{fields.Length} numbers where {_height * _width} pixels and a label are expected");
            for (var field = 0; field < fields.Length - 1; field++)
                pixels.Add((byte)((Number(path, i, fields[field], _largest) * 255 + _largest / 2) / _largest));
            labels.Add((byte)Number(path, i, fields[^1], classes.Count - 1));
        }

        if (labels.Count < 2)
            throw new InvalidDataException($"{path}: has {labels.Count} images, too few to split");
        return new Dataset(new Shape(_height, _width, 1), [.. pixels], [.. labels], classes);
    }

    private static int Number(string path, int line, string field, int largest) =>
        int.TryParse(field, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var value)
        && value <= largest
            ? value
            : throw Wrong(path, line, $"'{field.Trim()}' is not a whole number from 0 to {largest}");

    private static InvalidDataException Wrong(string path, int line, string reason) => new($"{path}: line {line + 1}: {reason}");
}
