using System;

namespace EdgeCnn.Trainer.Data.Augmentations;

/// <summary>
/// Where the pixels of a changed image come from: place (x, y) of the new image, counted from its middle, shows the old one at
/// (Xx·x + Xy·y + X, Yx·x + Yy·y + Y). So any number of movements costs one resampling.
/// </summary>
internal struct PlaneMap
{
    private double _xx = 1, _xy, _x, _yx, _yy = 1, _y;

    public PlaneMap()
    {
    }

    /// <summary>Whether nothing moves.</summary>
    public readonly bool IsIdentity => (_xx, _xy, _x, _yx, _yy, _y) == (1, 0, 0, 0, 1, 0);

    /// <summary>Moves the image first by (xx·x + xy·y, yx·x + yy·y), read as <see cref="PlaneMap"/> says, and then as before.</summary>
    public void Turn(double xx, double xy, double yx, double yy) => (_xx, _xy, _yx, _yy) = (
        _xx * xx + _xy * yx, _xx * xy + _xy * yy, _yx * xx + _yy * yx, _yx * xy + _yy * yy);

    /// <summary>Moves the image to the right and down by so many pixels.</summary>
    public void Shift(double right, double down) =>
        (_x, _y) = (_x - _xx * right - _xy * down, _y - _yx * right - _yy * down);

    /// <summary>Resamples an image, between pixels in a straight line; beyond the border its outermost pixels go on.</summary>
    public readonly void Resample(ReadOnlySpan<byte> from, Span<byte> to, Shape shape)
    {
        double middleX = (shape.Width - 1) / 2.0, middleY = (shape.Height - 1) / 2.0;
        var next = 0;
        for (var row = 0; row < shape.Height; row++)
        {
            for (var column = 0; column < shape.Width; column++)
            {
                double x = column - middleX, y = row - middleY;
                var sourceX = Math.Clamp(_xx * x + _xy * y + _x + middleX, 0, shape.Width - 1);
                var sourceY = Math.Clamp(_yx * x + _yy * y + _y + middleY, 0, shape.Height - 1);
                int left = (int)sourceX, top = (int)sourceY;
                int right = Math.Min(left + 1, shape.Width - 1), bottom = Math.Min(top + 1, shape.Height - 1);
                double partX = sourceX - left, partY = sourceY - top;
                for (var channel = 0; channel < shape.Channels; channel++)
                {
                    var above = At(from, top, left) * (1 - partX) + At(from, top, right) * partX;
                    var below = At(from, bottom, left) * (1 - partX) + At(from, bottom, right) * partX;
                    to[next++] = (byte)(above * (1 - partY) + below * partY + 0.5);

                    double At(ReadOnlySpan<byte> image, int y, int x) => image[(y * shape.Width + x) * shape.Channels + channel];
                }
            }
        }
    }
}
