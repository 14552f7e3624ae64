using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;

namespace EdgeCnn.Trainer.Kinds;

/// <summary>All kinds of one family (say, all layers), found by their <see cref="KindAttribute"/>.</summary>
public static class KindTable
{
    /// <summary>Name and type of every kind derived from <paramref name="family"/>, in ordinal order of the names.</summary>
    /// <param name="family">The base class; when it is generic in the number type, the kinds are made for the same number type.</param>
    public static IReadOnlyDictionary<string, Type> Of(Type family)
    {
        ArgumentNullException.ThrowIfNull(family);
        var kinds = new SortedDictionary<string, Type>(StringComparer.Ordinal);
        foreach (var type in typeof(KindTable).Assembly.GetTypes())
        {
            if (type.GetCustomAttribute<KindAttribute>() is not { } kind)
                continue;
            var closed = Close(type, family);
            if (closed.IsSubclassOf(family))
                kinds.Add(kind.Name, closed);
        }

        return kinds;
    }

    /// <summary>The recipe name of an object's type.</summary>
    public static string NameOf(object value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value.GetType().GetCustomAttribute<KindAttribute>()?.Name
            ?? throw new InvalidOperationException($"{value.GetType().Name} has no [Kind(\"…\")].");
    }

    private static Type Close(Type type, Type family) =>
        type.IsGenericTypeDefinition && family.IsGenericType && type.GetGenericArguments().Length == 1
            ? type.MakeGenericType(family.GetGenericArguments().Single())
            : type;
}
