using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Xml.Linq;
using EdgeCnn.Tests;

namespace EdgeCnn.Device.Tests;

/// <summary>What a file of device/cortex-m/boards says.</summary>
internal sealed class BoardFile
{
    [ThreadStatic]
    private static BoardFile? s_current;

    private readonly XDocument _file;
    private readonly Dictionary<string, uint> _constants;

    private BoardFile(string name)
    {
        _file = XDocument.Load(Path.Combine(Repository.Root, "device", "cortex-m", "boards", $"{name}.props"));
        _constants = _file.Descendants("BoardConstant")
            .SelectMany(item => item.Attribute("Include")!.Value.Split(';'))
            .Select(constant => constant.Split('='))
            .ToDictionary(constant => constant[0], constant => Number(constant[1]));
    }

    /// <summary>The board that the drivers on this thread are at work for.</summary>
    internal static BoardFile Current => s_current ?? throw new InvalidOperationException("no board is at work on this thread");

    /// <summary>A number that the firmware sees.</summary>
    internal uint this[string constant] => _constants[constant];

    /// <summary>A property of the build.</summary>
    internal string? Property(string name) => _file.Descendants(name).SingleOrDefault()?.Value;

    /// <summary>A property that is an address.</summary>
    internal uint Address(string name) => Number(Property(name)!);

    /// <summary>A property that is a size, such as 512K.</summary>
    internal uint Size(string name)
    {
        string text = Property(name)!;
        return text[^1] switch
        {
            'K' => Number(text[..^1]) << 10,
            'M' => Number(text[..^1]) << 20,
            _ => Number(text),
        };
    }

    /// <summary>Reads a board's file, and makes it the one at work on this thread.</summary>
    internal static BoardFile Use(string name) => s_current = new BoardFile(name);

    private static uint Number(string text) => text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
        ? uint.Parse(text.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture)
        : uint.Parse(text, CultureInfo.InvariantCulture);
}
