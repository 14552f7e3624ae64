using System;
using System.IO;
using System.Linq;
using Microsoft.Extensions.Configuration;

namespace EdgeCnn.Pi.Settings;

/// <summary>Reads the settings: a file, then the environment, then the arguments; what comes later wins.</summary>
internal static class SettingsLoader
{
    /// <summary>Where the file is unless <c>--config</c> says otherwise; it may be missing there.</summary>
    public const string UsualFile = "/etc/edgecnn-pi/settings.json";

    private const string Prefix = "EDGECNN_PI_", FileKey = "config";

    /// <summary>Reads and checks the settings.</summary>
    /// <exception cref="SettingsException">They make no sense.</exception>
    public static PiSettings Load(string[] arguments)
    {
        if (arguments.FirstOrDefault(argument => !IsSetting(argument)) is { } odd)
            throw new SettingsException([$"{odd}: write arguments as --Group:Name=value; --help lists them"]);
        try
        {
            IConfigurationRoot own = new ConfigurationBuilder().AddCommandLine(arguments).Build();
            string? file = own[FileKey];
            IConfigurationRoot all = new ConfigurationBuilder()
                .AddJsonFile(Path.GetFullPath(file ?? UsualFile), optional: file is null)
                .AddEnvironmentVariables(Prefix)
                .AddCommandLine([.. arguments.Where(argument => !argument.StartsWith($"--{FileKey}=", StringComparison.OrdinalIgnoreCase))])
                .Build();
            if (UnknownSettings.In(all) is { Length: > 0 } unknown) throw new SettingsException(unknown);
            PiSettings settings = all.Get<PiSettings>() ?? new PiSettings();
            SettingsCheck.Verify(settings);
            return settings;
        }
        catch (Exception wrong) when (wrong is InvalidOperationException or InvalidDataException or FormatException or IOException)
        {
            throw new SettingsException([wrong.InnerException is { } inner ? $"{wrong.Message} {inner.Message}" : wrong.Message]);
        }
    }

    private static bool IsSetting(string argument) =>
        argument.StartsWith("--", StringComparison.Ordinal) && argument.Contains('=', StringComparison.Ordinal);
}
