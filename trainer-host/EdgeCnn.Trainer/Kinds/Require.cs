using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Numerics;

namespace EdgeCnn.Trainer.Kinds;

/// <summary>
/// Checks of settings. The parameter name of the exception becomes the last step of the path in a recipe's error message.
/// </summary>
internal static class Require
{
    public static TNumber AtLeast<TNumber>(TNumber value, TNumber minimum, string name)
        where TNumber : INumber<TNumber>
        => value >= minimum ? value : throw Refuse(name, $"{Text(value)} is not allowed; use {Text(minimum)} or more");

    public static double Above(double value, double bound, string name) =>
        value > bound && double.IsFinite(value)
            ? value
            : throw Refuse(name, $"{Text(value)} is not allowed; use a number above {Text(bound)}");

    public static double Within(double value, double low, double high, string name) =>
        value >= low && value <= high
            ? value
            : throw Refuse(name, $"{Text(value)} is not allowed; use a number from {Text(low)} to {Text(high)}");

    public static string OneOf(string value, IEnumerable<string> allowed, string name)
    {
        var choices = allowed.ToArray();
        return choices.Contains(value, StringComparer.Ordinal)
            ? value
            : throw Refuse(name, $"'{value}' is not known; use one of: {string.Join(", ", choices)}");
    }

    public static ArgumentException Refuse(string name, string message) => new SettingException(name, message);

    private static string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);
}

/// <summary>
/// A refused setting: its message is free of the parameter's name, which <see cref="ArgumentException.ParamName"/> holds.
/// </summary>
internal sealed class SettingException(string name, string reason) : ArgumentException(reason, name)
{
    /// <summary>What is wrong and what to use instead.</summary>
    public string Reason { get; } = reason;

    public override string Message => $"{ParamName}: {Reason}";
}
