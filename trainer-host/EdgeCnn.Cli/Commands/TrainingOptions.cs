using System;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace EdgeCnn.Cli.Commands;

/// <summary>Options of the commands that train or measure.</summary>
internal static class TrainingOptions
{
    private const int MostThreads = 1024;

    public static Option<string?> Data() => new("--data")
    {
        Description = "Folder (or .zip archive) of the recipe's data files",
        HelpName = "DIR",
    };

    public static Option<int> Threads() => new("--threads")
    {
        Description = "Threads to work with; the result is the same for any number",
        HelpName = "N",
        DefaultValueFactory = _ => Math.Min(Environment.ProcessorCount, MostThreads),
        CustomParser = text => Whole(text, 1, MostThreads),
    };

    public static Option<int?> Epochs() => new("--epochs")
    {
        Description = "Passes over the training images, instead of the recipe's number",
        HelpName = "N",
        CustomParser = text => Whole(text, 1, int.MaxValue),
    };

    public static Option<ulong?> Seed() => new("--seed")
    {
        Description = "What weights and order are drawn from, instead of the recipe's seed",
        HelpName = "N",
        CustomParser = text => Whole(text, ulong.MinValue, ulong.MaxValue),
    };

    public static Option<int?> Images() => new("--images")
    {
        Description = "Use only the first N images",
        HelpName = "N",
        CustomParser = text => Whole(text, 1, int.MaxValue),
    };

    public static Option<int> Checkpoint() => new("--checkpoint")
    {
        Description = "Seconds between checkpoints within an epoch; 0: after every mini-batch",
        HelpName = "SECONDS",
        DefaultValueFactory = _ => 10,
        CustomParser = text => Whole(text, 0, int.MaxValue),
    };

    public static Option<int?> Port() => new("--port")
    {
        Description = "Port of the live page; 0: any that is free [default: 8321]",
        HelpName = "N",
        CustomParser = text => Whole(text, 0, ushort.MaxValue),
    };

    /// <summary>A whole number within bounds; anything else is wrong usage.</summary>
    public static T Whole<T>(ArgumentResult text, T least, T most)
        where T : struct, IBinaryInteger<T>, IMinMaxValue<T>
    {
        string value = text.Tokens[0].Value;
        if (T.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out T number) && number >= least && number <= most)
            return number;
        string option = text.Parent is OptionResult { Option.Name: var name } ? name : "";
        string upTo = most == T.MaxValue ? $"{least} up" : $"{least} to {most}";
        text.AddError($"{option} {value} is not allowed; use a whole number from {upTo}.");
        return default;
    }
}
