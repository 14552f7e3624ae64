using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using EdgeCnn.Trainer.Numerics;

namespace EdgeCnn.Trainer.Layers;

/// <summary>How errors go back through a depthwise convolution whose windows leave gaps.</summary>
internal static unsafe class DepthwiseErrors
{
    /// <summary>gradient[…, o] = Σ δ[y, x, o] · weights[ky, kx, o], places in rising order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Spread<T>(Window window, int channels, T* delta, T* weights, T* gradient)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        new Span<T>(gradient, window.Input.Positions * channels).Clear();
        for (var y = 0; y < window.OutputHeight; y++)
        {
            for (var x = 0; x < window.OutputWidth; x++, delta += channels)
            {
                var view = new View(window, channels, y, x);
                T* row = gradient + view.Input, tapRow = weights + view.Tap;
                for (var ky = view.Rows; ky > 0; ky--, row += view.InputRow, tapRow += view.TapRow)
                {
                    T* to = row, tap = tapRow;
                    for (var kx = view.Columns; kx > 0; kx--, to += channels, tap += channels)
                        Loops.AddProduct(delta, tap, to, channels);
                }
            }
        }
    }

    /// <summary>What the window at (y, x) sees of a sample with the output's channels, and with which taps.</summary>
    private readonly struct View
    {
        public readonly int Rows, Columns;
        public readonly nint Input, InputRow, Tap, TapRow;

        public View(Window window, int channels, int y, int x)
        {
            var (top, bottom) = window.Rows(y);
            var (left, right) = window.Columns(x);
            (Rows, Columns) = (bottom - top, right - left);
            (InputRow, TapRow) = (window.Input.Width * channels, window.Kernel.Width * channels);
            Input = top * InputRow + left * channels;
            Tap = (top - y * window.Stride.Height + window.Top) * TapRow + (left - x * window.Stride.Width + window.Left) * channels;
        }
    }
}
