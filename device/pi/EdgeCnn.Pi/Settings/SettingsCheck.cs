using System;
using System.Collections.Generic;
using System.ComponentModel.DataAnnotations;
using System.IO;
using System.Linq;
using System.Net;
using System.Reflection;
using EdgeCnn.Device;
using EdgeCnn.Managed;

namespace EdgeCnn.Pi.Settings;

/// <summary>The rules that settings keep: those at the properties, and those between groups.</summary>
internal static class SettingsCheck
{
    /// <summary>The largest number of a line on any chip.</summary>
    private const int LastLine = 511;

    /// <summary>Throws what is wrong, all of it.</summary>
    /// <exception cref="SettingsException">Something is.</exception>
    public static void Verify(PiSettings settings)
    {
        List<string> faults = [.. AtProperties(settings, ""), .. Between(settings)];
        if (faults.Count > 0) throw new SettingsException(faults);
    }

    private static IEnumerable<string> AtProperties(object group, string path)
    {
        foreach (PropertyInfo property in group.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            object? value = property.GetValue(group);
            string name = path + property.Name;
            var context = new ValidationContext(group) { MemberName = property.Name, DisplayName = name };
            foreach (ValidationAttribute rule in property.GetCustomAttributes<ValidationAttribute>())
                if (rule.GetValidationResult(value, context) is { } fault) yield return $"{name} is '{value}': {Words(rule, fault)}";
            if (value is not null && property.PropertyType.Namespace == typeof(PiSettings).Namespace && property.PropertyType.IsClass)
                foreach (string fault in AtProperties(value, name + ":")) yield return fault;
        }
    }

    private static string? Words(ValidationAttribute rule, ValidationResult fault) => rule switch
    {
        RangeAttribute range => $"must be {range.Minimum} to {range.Maximum}",
        RequiredAttribute => "must not be empty",
        _ => fault.ErrorMessage,
    };

    private static IEnumerable<string> Between(PiSettings settings)
    {
        WebSettings web = settings.Web;
        SoundSettings sound = settings.Sound;
        if (sound.Source == SoundKind.File != sound.File.Length > 0)
            yield return $"Sound:File is '{sound.File}' and Sound:Source {sound.Source}: set the name of a file, and the source to File";
        if (sound.IsOn && settings.Camera.File.Length > 0)
            yield return $"Camera:File and Sound:Source {sound.Source} are both set: choose one of them";
        if (settings.Flash.Enabled && !IsOwn(settings.Flash.Address) && settings.Model.PublicKey.Length == 0)
            yield return $"Flash:Address is '{settings.Flash.Address}': others reach it; set Model:PublicKey, so that only signed "
                + "models are taken, or Flash:Address to 127.0.0.1";
        if (web.Enabled && !IsOwn(web.Address) && web.Token.Length < WebSettings.TokenCharacters)
            yield return $"Web:Token has {web.Token.Length} characters: others reach {web.Address}; "
                + $"set {WebSettings.TokenCharacters} or more, such as 'openssl rand -hex 16' prints, or Web:Address to 127.0.0.1";
        if (KeyFault(settings.Model.PublicKey) is { } wrong) yield return $"Model:PublicKey is '{settings.Model.PublicKey}': {wrong}";
        if (settings.Outputs.Gpio.Labels.Count > GpioOutputs.MaxLines)
            yield return $"Outputs:Gpio:Labels has {settings.Outputs.Gpio.Labels.Count} lines: there may be {GpioOutputs.MaxLines}";
        (string Name, int Line)[] lines =
        [
            .. settings.Outputs.Gpio.Labels.Select(pair => ($"Outputs:Gpio:Labels:{pair.Key}", pair.Value)),
            .. settings.Teach.Buttons.Select(pair => ($"Teach:Buttons:{pair.Key}", pair.Value)),
        ];
        foreach ((string name, int line) in lines)
            if (line is < 0 or > LastLine) yield return $"{name} is '{line}': lines are numbered 0 to {LastLine}";
        foreach (IGrouping<int, (string Name, int Line)> same in lines.GroupBy(line => line.Line).Where(group => group.Count() > 1))
            yield return $"{string.Join(" and ", same.Select(line => line.Name))} are all line {same.Key}: give each its own";
    }

    private static bool IsOwn(string address) => IPAddress.TryParse(address, out IPAddress? parsed) && IPAddress.IsLoopback(parsed);

    private static string? KeyFault(string path)
    {
        try
        {
            if (path.Length > 0) PublicKey.FromPem(File.ReadAllText(path));
            return null;
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException or FormatException)
        {
            return wrong.Message;
        }
    }
}
