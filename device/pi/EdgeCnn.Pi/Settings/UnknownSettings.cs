using System;
using System.Collections.Generic;
using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace EdgeCnn.Pi.Settings;

/// <summary>Names that no setting has: a slip of the pen shall not pass as the usual value.</summary>
internal static class UnknownSettings
{
    /// <summary>What to say of each.</summary>
    public static string[] In(IConfiguration configuration) => [.. Of(configuration, typeof(PiSettings), "")];

    private static IEnumerable<string> Of(IConfiguration group, Type type, string path)
    {
        foreach (IConfigurationSection section in group.GetChildren())
        {
            PropertyInfo? property = type.GetProperty(section.Key, BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase);
            if (property is null)
                yield return $"{(path.Length > 0 ? path + ": " : "")}there is no setting '{section.Key}'; --help lists all";
            else if (property.PropertyType.Namespace == type.Namespace)
                foreach (string unknown in Of(section, property.PropertyType, section.Path)) yield return unknown;
        }
    }
}
