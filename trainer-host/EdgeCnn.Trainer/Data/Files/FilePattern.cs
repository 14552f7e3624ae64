using System;
using System.Text;
using System.Text.RegularExpressions;
using EdgeCnn.Trainer.Kinds;

namespace EdgeCnn.Trainer.Data.Files;

/// <summary>
/// Which files, and where in their names the class is: <c>**/{class}/*</c>. <c>*</c> is any text and <c>?</c> any character without '/',
/// <c>[0-4]</c> one of a range, <c>**/</c> any folders or none, <c>{class}</c> the class.
/// </summary>
internal sealed class FilePattern
{
    private const string ClassMark = "{class}", AnyFolders = "**/";

    /// <summary>Without backtracking, no name takes longer than its length.</summary>
    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking;

    private readonly Regex _expression;

    /// <summary>Reads a pattern.</summary>
    /// <param name="text">The pattern.</param>
    /// <param name="setting">The recipe's setting that it stands in, for refusals.</param>
    /// <param name="needsClass">Whether it must say where the class is.</param>
    public FilePattern(string text, string setting, bool needsClass)
    {
        Text = text;
        if (needsClass && !text.Contains(ClassMark, StringComparison.Ordinal))
            throw Require.Refuse(setting, $"'{text}' does not say where the class is; write {ClassMark} for it, as in **/{ClassMark}/*");
        try
        {
            if (text.IndexOf(ClassMark, StringComparison.Ordinal) != text.LastIndexOf(ClassMark, StringComparison.Ordinal))
                throw new ArgumentException(text);
            _expression = new Regex(Expression(text), Options);
        }
        catch (ArgumentException)
        {
            throw Require.Refuse(setting, $"'{text}' is not a pattern of file names; use *, ?, [0-9], **/ and one {ClassMark}");
        }
    }

    /// <summary>As it was written.</summary>
    public string Text { get; }

    /// <summary>Whether a name fits.</summary>
    public bool IsMatch(string name) => _expression.IsMatch(name);

    /// <summary>The class in a name, or null when the name does not fit.</summary>
    public string? ClassOf(string name) => _expression.Match(name) is { Success: true } match ? match.Groups["class"].Value : null;

    private static string Expression(string text)
    {
        var expression = new StringBuilder("^");
        for (var i = 0; i < text.Length; i++)
        {
            if (StartsWith(text, i, AnyFolders))
                i += Append(expression, "(?:.*/)?", AnyFolders);
            else if (StartsWith(text, i, "**"))
                i += Append(expression, ".*", "**");
            else if (StartsWith(text, i, ClassMark))
                i += Append(expression, "(?<class>[^/]+?)", ClassMark);
            else if (text[i] == '[' && text.IndexOf(']', i) is > 0 and var end)
                i += Append(expression, text[i..(end + 1)].Replace("\\", "\\\\", StringComparison.Ordinal), text[i..(end + 1)]);
            else
                expression.Append(text[i] switch { '*' => "[^/]*", '?' => "[^/]", var other => Regex.Escape(other.ToString()) });
        }

        return expression.Append('$').ToString();
    }

    private static bool StartsWith(string text, int at, string part) => text.AsSpan(at).StartsWith(part, StringComparison.Ordinal);

    private static int Append(StringBuilder expression, string piece, string read)
    {
        expression.Append(piece);
        return read.Length - 1;
    }
}
