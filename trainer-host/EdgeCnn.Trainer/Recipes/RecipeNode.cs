using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using System.Text.Json;

namespace EdgeCnn.Trainer.Recipes;

/// <summary>A value inside a recipe and the path to it, from which every refusal is worded: <c>network[2].kernel: …</c>.</summary>
internal readonly struct RecipeNode(JsonElement element, string path)
{
    private const int LongestSide = 1 << 16;

    public string Path => path;

    public JsonValueKind Type => element.ValueKind;

    public string Text => element.ValueKind == JsonValueKind.String ? element.GetString()! : throw Unexpected("a text");

    public bool Flag => element.ValueKind is JsonValueKind.True or JsonValueKind.False
        ? element.GetBoolean()
        : throw Unexpected("true or false");

    public int Integer => element.ValueKind == JsonValueKind.Number && element.TryGetInt32(out var value)
        ? value
        : throw Unexpected("a whole number");

    public ulong Natural => element.ValueKind == JsonValueKind.Number && element.TryGetUInt64(out var value)
        ? value
        : throw Unexpected("a whole number from 0");

    public double Number => element.ValueKind == JsonValueKind.Number && double.IsFinite(element.GetDouble())
        ? element.GetDouble()
        : throw Unexpected("a number");

    /// <summary>The items of a list.</summary>
    public IReadOnlyList<RecipeNode> Items
    {
        get
        {
            if (element.ValueKind != JsonValueKind.Array)
                throw Unexpected("a list [ … ]");
            var parent = path;
            return [.. element.EnumerateArray().Select((item, index) => new RecipeNode(item, $"{parent}[{index}]"))];
        }
    }

    /// <summary>The member <paramref name="name"/> of an object, or null when it is absent.</summary>
    public RecipeNode? Find(string name)
    {
        if (element.ValueKind != JsonValueKind.Object)
            throw Unexpected("an object { … }");
        return element.TryGetProperty(name, out var value) ? new RecipeNode(value, Child(name)) : null;
    }

    /// <summary>The member <paramref name="name"/> of an object.</summary>
    public RecipeNode this[string name] => Find(name) ?? throw new RecipeException($"{Child(name)}: is missing; add it");

    /// <summary>Refuses members that mean nothing, which are mostly misspelled ones.</summary>
    public void AllowOnly(params IReadOnlyCollection<string> names)
    {
        if (element.ValueKind != JsonValueKind.Object)
            throw Unexpected("an object { … }");
        foreach (var member in element.EnumerateObject())
        {
            if (!names.Contains(member.Name, StringComparer.Ordinal))
                throw new RecipeException($"{Child(member.Name)}: is not known here; known are: {string.Join(", ", names)}");
        }
    }

    /// <summary>Runs <paramref name="create"/> and puts this node's path before a refused setting.</summary>
    public TResult Checked<TResult>(Func<TResult> create)
    {
        try
        {
            return create();
        }
        catch (Kinds.SettingException refused)
        {
            throw new RecipeException($"{Child(refused.ParamName!)}: {refused.Reason}");
        }
    }

    /// <summary>A whole number that is at least <paramref name="minimum"/>.</summary>
    public int IntegerFrom(int minimum) => AtLeast(Integer, minimum);

    /// <summary>A length in pixels or positions: <paramref name="minimum"/> … <see cref="LongestSide"/>.</summary>
    public int SideFrom(int minimum) => IntegerFrom(minimum) is var side && side <= LongestSide
        ? side
        : throw Refuse($"{side} is not allowed; use {LongestSide} or less");

    /// <summary>A number that is at least <paramref name="minimum"/>.</summary>
    public double NumberFrom(double minimum) => AtLeast(Number, minimum);

    /// <summary>A refusal of this value.</summary>
    public RecipeException Refuse(string reason) => new($"{path}: {reason}");

    private TNumber AtLeast<TNumber>(TNumber value, TNumber minimum)
        where TNumber : INumber<TNumber>
        => value >= minimum ? value : throw Refuse(FormattableString.Invariant($"{value} is not allowed; use {minimum} or more"));

    private RecipeException Unexpected(string expected) => Refuse($"{element.GetRawText()} is not allowed; use {expected}");

    private string Child(string name) => path.Length == 0 ? name : $"{path}.{name}";
}
