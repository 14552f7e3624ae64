using System;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace EdgeCnn.Cli.Commands;

/// <summary>Options of the commands about learning on a device.</summary>
internal static class LearningOptions
{
    /// <summary>Samples to learn and to ask about.</summary>
    public static Option<string?> Data() => new("--data")
    {
        Description = "Folder (or .zip archive) of samples: IDX files, or pictures in folders named by class; by default what the recipe "
            + "in the .ecfloat file beside the model says",
        HelpName = "DIR",
    };

    /// <summary>Steps of learning.</summary>
    public static Option<int> Steps(string purpose) => new("--steps")
    {
        Description = purpose,
        HelpName = "N",
        DefaultValueFactory = _ => 500,
        CustomParser = text => TrainingOptions.Whole(text, 1, int.MaxValue),
    };

    /// <summary>A number of bytes, such as 28KB.</summary>
    public static Option<int?> Sram() => new("--sram")
    {
        Description = "RAM that inference and learning may take together: bytes, or KB of 1,024",
        HelpName = "BYTES",
        CustomParser = text =>
        {
            string value = text.Tokens[0].Value;
            bool isKilo = value.EndsWith("KB", StringComparison.OrdinalIgnoreCase);
            if (int.TryParse(isKilo ? value[..^2] : value, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
                && number > 0 && number <= int.MaxValue / 1024)
                return isKilo ? 1024 * number : number;
            text.AddError($"--sram {value} is not allowed; use bytes such as 28672, or 28KB.");
            return null;
        },
    };

    /// <summary>A real number within bounds.</summary>
    public static Option<double> Real(string name, string purpose, double usual, double least, double most) => new(name)
    {
        Description = purpose,
        HelpName = "X",
        DefaultValueFactory = _ => usual,
        CustomParser = text =>
        {
            string value = text.Tokens[0].Value;
            if (double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && number >= least && number < most)
                return number;
            text.AddError(FormattableString.Invariant($"{name} {value} is not allowed; use a number from {least} to below {most}."));
            return usual;
        },
    };

    /// <summary>A whole number within bounds.</summary>
    public static Option<int> Whole(string name, string purpose, int usual, int least, int most) => new(name)
    {
        Description = purpose,
        HelpName = "N",
        DefaultValueFactory = _ => usual,
        CustomParser = text => TrainingOptions.Whole(text, least, most),
    };
}
