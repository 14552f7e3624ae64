using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Text;

namespace EdgeCnn.Pi.Settings;

/// <summary>The list of all settings with their usual values.</summary>
internal static class SettingsHelp
{
    /// <summary>What <c>--help</c> prints.</summary>
    public static string Text()
    {
        var text = new StringBuilder(
            $"""
            edgecnn-pi: a camera that classifies, and can be taught.
            usage: edgecnn-pi [--config=FILE] [--Group:Name=value ...]

            The same settings as a JSON file ({SettingsLoader.UsualFile}) {"{ \"Camera\": { \"Width\": 640 } }"},
            as variables EDGECNN_PI_Camera__Width=640, and as arguments --Camera:Width=640; what comes later wins.


            """);
        foreach ((string name, string value) in Values(new PiSettings(), "")) text.AppendLine($"  {name,-34} {value}");
        return text.ToString();
    }

    private static IEnumerable<(string Name, string Value)> Values(object group, string path) =>
        group.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).SelectMany(property => property.GetValue(group) switch
        {
            Dictionary<string, int> => [($"{path}{property.Name}:LABEL", "LINE")],
            Enum value => [(path + property.Name, $"{value} ({string.Join(", ", Enum.GetNames(value.GetType()))})")],
            string or int or bool => [(path + property.Name, $"{property.GetValue(group)}")],
            { } inner => Values(inner, $"{path}{property.Name}:"),
            null => [],
        });
}
