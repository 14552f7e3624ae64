using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace EdgeCnn.Trainer.Report.Charts;

/// <summary>
/// A confusion matrix as SVG: a row per true class, a column per answer; the stronger a cell, the larger its share of the row.
/// </summary>
public static class ConfusionChart
{
    private const double Width = 360, Right = 6, LetterWidth = 6.6;
    private const int MostNumbered = 12, LongestName = 12;

    /// <summary>The picture.</summary>
    /// <param name="classes">Names of the classes.</param>
    /// <param name="counts">How many samples of class [row] got the answer [column].</param>
    public static string Draw(IReadOnlyList<string> classes, int[][] counts)
    {
        ArgumentNullException.ThrowIfNull(classes);
        ArgumentNullException.ThrowIfNull(counts);
        string[] names = [.. classes.Select(name => name.Length <= LongestName ? name : name[..(LongestName - 1)] + "…")];
        var longest = names.Max(name => name.Length);
        var isTurned = longest > 2;
        double left = 28 + LetterWidth * longest, top = isTurned ? 28 + LetterWidth * longest : 36;
        double side = (Width - left - Right) / names.Length, height = top + side * names.Length + Right;
        var svg = new SvgWriter(Width, height, "confusion matrix");
        svg.Text(left + side * names.Length / 2, 12, "answer", "middle");
        svg.Text(10, top + side * names.Length / 2, "true class", "middle", turn: -90);
        for (var row = 0; row < names.Length; row++)
        {
            var shown = names.Length <= MostNumbered || row % (names.Length / MostNumbered + 1) == 0;
            double total = Math.Max(1, counts[row].Sum()), middle = (row + 0.5) * side;
            if (shown)
            {
                svg.Text(left - 5, top + middle + 4, names[row], "end");
                if (isTurned)
                    svg.Text(left + middle + 4, top - 6, names[row], "start", turn: -90);
                else
                    svg.Text(left + middle, top - 6, names[row], "middle");
            }

            for (var column = 0; column < names.Length; column++)
            {
                var share = counts[row][column] / total;
                double x = left + column * side, y = top + row * side;
                svg.Rectangle(x, y, side - 1, side - 1, "cell");
                if (counts[row][column] == 0)
                    continue;
                // The square root lets single mistakes be seen.
                svg.Rectangle(x, y, side - 1, side - 1, row == column ? "right" : "wrong", 0.1 + 0.9 * Math.Sqrt(share));
                if (names.Length <= MostNumbered)
                    svg.Text(
                        x + side / 2, y + side / 2 + 4, counts[row][column].ToString(CultureInfo.InvariantCulture), "middle",
                        share > 0.2 ? "count strong" : "count");
            }
        }

        return svg.ToString();
    }
}
