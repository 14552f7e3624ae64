using System;
using System.Collections.Generic;
using System.Globalization;

namespace EdgeCnn.Trainer.Learning;

/// <summary>Which of a model's layers with weights learn on the device.</summary>
/// <param name="Last">So many, counted from the output.</param>
/// <param name="BiasesOnly">Only their biases.</param>
public sealed record LayerChoice(int Last, bool BiasesOnly)
{
    /// <summary>Named layers instead of the last ones; null: the last ones.</summary>
    public IReadOnlyList<LayerPart>? Parts { get; init; }

    /// <summary>Every weight of the model.</summary>
    public static LayerChoice All { get; } = new(int.MaxValue, false);

    /// <summary>Every bias of the model, no weight.</summary>
    public static LayerChoice Biases { get; } = new(int.MaxValue, true);

    /// <summary>Parts of some layers.</summary>
    public static LayerChoice Of(IReadOnlyList<LayerPart> parts) => new(0, false) { Parts = parts };

    /// <summary>Reads <c>all</c>, <c>biases</c> or <c>last:2</c>.</summary>
    /// <exception cref="FormatException">The text is none of these.</exception>
    public static LayerChoice Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text == "all") return All;
        if (text == "biases") return Biases;
        return text.StartsWith("last:", StringComparison.Ordinal)
            && int.TryParse(text.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out int last) && last > 0
            ? new LayerChoice(last, false)
            : throw new FormatException($"'{text}' names no layers; write all, biases or, for the last two with weights, last:2");
    }

    /// <inheritdoc/>
    public override string ToString() => Parts is not null ? string.Join(' ', Parts) : BiasesOnly ? "biases" : Last == int.MaxValue ? "all" : $"last:{Last}";
}

/// <summary>A layer of which some output channels learn; of their neighbours, only the biases do.</summary>
/// <param name="Operator">Number of the operator.</param>
/// <param name="FirstChannel">The first channel whose weights learn.</param>
/// <param name="Channels">How many.</param>
public sealed record LayerPart(int Operator, int FirstChannel, int Channels)
{
    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Operator}[{FirstChannel}..{FirstChannel + Channels - 1}]");
}
