using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Text.Json;
using EdgeCnn.Trainer.Kinds;
using EdgeCnn.Trainer.Layers;

namespace EdgeCnn.Trainer.Recipes;

/// <summary>
/// Makes an object of a recipe's text: <c>"relu"</c> or <c>{ "kind": "conv2d", "filters": 6, "kernel": 5 }</c>. The names and types
/// of the constructor's
/// parameters are the settings that the text may have.
/// </summary>
internal static class KindReader
{
    /// <summary>How a setting of each type is read; a kind (say, an initializer) is read as one.</summary>
    private static readonly Dictionary<Type, Func<RecipeNode, object>> Readers = new()
    {
        [typeof(int)] = node => node.Integer,
        [typeof(ulong)] = node => node.Natural,
        [typeof(double)] = node => node.Number,
        [typeof(bool)] = node => node.Flag,
        [typeof(string)] = node => node.Text,
        [typeof(Extent)] = node => ReadExtent(node),
        [typeof(VolumeExtent)] = node => ReadVolumeExtent(node),
        [typeof(Shape)] = node => ReadShape(node),
        [typeof(Padding)] = node => ReadPadding(node),
        [typeof(ConnectionTable)] = node => ReadConnections(node),
        [typeof(AwareRecipe)] = node => ReadSettings<AwareRecipe>(node),
        [typeof(Int4Recipe)] = node => ReadSettings<Int4Recipe>(node),
    };

    /// <summary>Settings that every layer may have besides its own.</summary>
    private static readonly ParameterInfo[] LayerParameters = typeof(ParameterSettings).GetConstructors().Single().GetParameters();

    /// <summary>The object of family <typeparamref name="TFamily"/> that <paramref name="node"/> describes.</summary>
    public static TFamily Read<TFamily>(RecipeNode node)
        where TFamily : class
        => Read<TFamily>(node, [], []);

    /// <summary>
    /// The same where the caller itself reads some <paramref name="members"/>, and the objects of some <paramref name="otherKinds"/>.
    /// </summary>
    public static TFamily Read<TFamily>(RecipeNode node, IReadOnlyList<string> members, IReadOnlyList<string> otherKinds)
        where TFamily : class
        => (TFamily)Read(node, typeof(TFamily), members, otherKinds);

    private static object Read(RecipeNode node, Type family, IReadOnlyList<string> members, IReadOnlyList<string> otherKinds)
    {
        var isName = node.Type == JsonValueKind.String;
        var kind = isName ? node : node["kind"];
        var kinds = KindTable.Of(family);
        if (!kinds.TryGetValue(kind.Text, out var type))
            throw kind.Refuse($"'{kind.Text}' is not known; use one of: {string.Join(", ", kinds.Keys.Concat(otherKinds))}");
        var parameters = type.GetConstructors().Single().GetParameters();
        var isLayer = family.IsGenericType && family.GetGenericTypeDefinition() == typeof(Layer<>);
        if (!isName)
            node.AllowOnly(["kind", .. NamesOf(parameters), .. isLayer ? NamesOf(LayerParameters) : [], .. members]);
        var values = parameters.Select(parameter => ReadSetting(node, isName, parameter)).ToArray();
        var made = node.Checked(() => Construct(type, values));
        if (isLayer && !isName)
        {
            var settings = LayerParameters.Select(parameter => ReadSetting(node, isName, parameter)).ToArray();
            var training = node.Checked(() => Construct(typeof(ParameterSettings), settings));
            family.GetProperty(nameof(Layer<>.Settings))!.SetValue(made, training);
        }

        return made;
    }

    /// <summary>A <typeparamref name="TSettings"/>, whose settings are the parameters of its only constructor.</summary>
    public static TSettings ReadSettings<TSettings>(RecipeNode node)
        where TSettings : class
    {
        var parameters = typeof(TSettings).GetConstructors().Single().GetParameters();
        node.AllowOnly([.. NamesOf(parameters)]);
        var values = parameters.Select(parameter => ReadSetting(node, false, parameter)).ToArray();
        return node.Checked(() => (TSettings)Construct(typeof(TSettings), values));
    }

    private static IEnumerable<string> NamesOf(IEnumerable<ParameterInfo> parameters) => parameters.Select(parameter => parameter.Name!);

    private static object Construct(Type type, object?[] values) =>
        Activator.CreateInstance(type, BindingFlags.DoNotWrapExceptions, null, values, null)!;

    private static object? ReadSetting(RecipeNode node, bool isName, ParameterInfo parameter)
    {
        var setting = isName ? null : node.Find(parameter.Name!);
        if (setting is null)
        {
            if (parameter.HasDefaultValue)
                return parameter.DefaultValue;
            var prefix = node.Path.Length == 0 ? "" : node.Path + ".";
            throw new RecipeException($"{prefix}{parameter.Name}: is missing; write an object with \"kind\" and \"{parameter.Name}\"");
        }

        var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        return Readers.TryGetValue(type, out var read) ? read(setting.Value) : Read(setting.Value, type, [], []);
    }

    private static Extent ReadExtent(RecipeNode node)
    {
        var sides = node.Type == JsonValueKind.Array ? node.Items : [node, node];
        if (sides.Count != 2)
            throw node.Refuse("use one number or [height, width]");
        return new Extent(sides[0].SideFrom(1), sides[1].SideFrom(1));
    }

    private static VolumeExtent ReadVolumeExtent(RecipeNode node)
    {
        var sides = node.Type == JsonValueKind.Array ? node.Items : [node, node, node];
        if (sides.Count != 3)
            throw node.Refuse("use one number or [depth, height, width]");
        return new VolumeExtent(sides[0].SideFrom(1), sides[1].SideFrom(1), sides[2].SideFrom(1));
    }

    /// <summary>[height, width, channels] or [depth, height, width, channels].</summary>
    public static Shape ReadShape(RecipeNode node)
    {
        var sides = node.Items;
        if (sides.Count is not (3 or 4))
            throw node.Refuse("use [height, width, channels]");
        int height = sides[^3].SideFrom(1), width = sides[^2].SideFrom(1), channels = sides[^1].SideFrom(1);
        return sides.Count == 4 ? Shape.Volume(sides[0].SideFrom(1), height, width, channels) : new Shape(height, width, channels);
    }

    private static ConnectionTable ReadConnections(RecipeNode node)
    {
        try
        {
            return node.Type == JsonValueKind.String
                ? ConnectionTable.Of(node.Text)
                : new ConnectionTable(node.Items.Select(maps => maps.Items.Select(map => map.Integer)));
        }
        catch (SettingException refused)
        {
            throw node.Refuse(refused.Reason);
        }
    }

    private static Padding ReadPadding(RecipeNode node)
    {
        if (node.Type == JsonValueKind.String)
            return node.Text switch
            {
                "valid" => Padding.Valid,
                "same" => Padding.SameSize,
                _ => throw node.Refuse($"'{node.Text}' is not known; use \"valid\", \"same\", a number, or [top, left, bottom, right]"),
            };
        var sides = node.Type == JsonValueKind.Array ? node.Items : [node, node, node, node];
        if (sides.Count != 4)
            throw node.Refuse("use \"valid\", \"same\", a number, or [top, left, bottom, right]");
        return Padding.Of(sides[0].SideFrom(0), sides[1].SideFrom(0), sides[2].SideFrom(0), sides[3].SideFrom(0));
    }
}
