using System;
using System.Linq;
using EdgeCnn.Trainer;

namespace EdgeCnn.Cli.Rendering;

/// <summary>Gray pictures as text: every Braille character shows 2×4 pixels, those brighter than half of the brightest as dots.</summary>
internal static class BraillePicture
{
    private const char Blank = '\u2800';
    private const int CellWidth = 2, CellHeight = 4;

    /// <summary>Bit of the dot at (row, column) of a cell, row by row (Unicode standard, chapter 21.1).</summary>
    private static ReadOnlySpan<byte> Dots => [0x01, 0x08, 0x02, 0x10, 0x04, 0x20, 0x40, 0x80];

    /// <summary>Lines of text for the first channel of a picture.</summary>
    public static string[] Lines(byte[] pixels, Shape shape)
    {
        int threshold = pixels.Max() / 2 + 1;
        int rows = (shape.Height + CellHeight - 1) / CellHeight, columns = (shape.Width + CellWidth - 1) / CellWidth;
        return [.. Enumerable.Range(0, rows).Select(row => string.Concat(
            Enumerable.Range(0, columns).Select(column => Cell(pixels, shape, row * CellHeight, column * CellWidth, threshold))))];
    }

    private static char Cell(byte[] pixels, Shape shape, int top, int left, int threshold)
    {
        int cell = 0;
        for (int dot = 0; dot < Dots.Length; dot++)
        {
            int row = top + dot / CellWidth, column = left + dot % CellWidth;
            if (row < shape.Height && column < shape.Width && pixels[(row * shape.Width + column) * shape.Channels] >= threshold)
                cell |= Dots[dot];
        }
        return (char)(Blank + cell);
    }
}
