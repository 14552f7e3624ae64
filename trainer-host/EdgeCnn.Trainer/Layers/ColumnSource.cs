using System.Numerics;

namespace EdgeCnn.Trainer.Layers;

/// <summary>A normalization whose work the layer next to it does.</summary>
/// <param name="Layer">The normalization.</param>
/// <param name="Work">Its memory.</param>
internal sealed record TakenNormalization<T>(BatchNorm<T> Layer, LayerWorkspace<T> Work)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>;

/// <summary>
/// Where loops that take a register of channels over all places of an image get these columns: from the image as it lies there, or from a
/// normalization, into a buffer that stays in the first level of the cache.
/// </summary>
internal readonly unsafe struct ColumnSource<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T* _image, _delta, _buffer;
    private readonly int _places;
    private readonly NormalizationLoops<T>? _loops;
    private readonly ChannelFactors<T> _by;

    private ColumnSource(T* image, T* delta, Shape shape, TakenNormalization<T>? taken, T* buffer)
    {
        _image = image;
        _delta = delta;
        _buffer = buffer;
        _places = shape.Height * shape.Width;
        _by = taken is null ? new ChannelFactors<T> { Channels = shape.Channels } : taken.Layer.FactorsOf(taken.Work);
        _loops = taken?.Work.Normalization;
    }

    /// <summary>Values of a buffer.</summary>
    public static int BufferLength(Shape shape) => checked(shape.Height * shape.Width * 64 / sizeof(T));

    /// <summary>The image of a layer's input that begins at <paramref name="at"/>.</summary>
    public static ColumnSource<T> OfInput(LayerWorkspace<T> work, nint at, Shape shape, T* buffer) => work.Before is { } taken
        ? new(taken.Work.Input + at, null, shape, taken, buffer)
        : new(work.Input + at, null, shape, null, null);

    /// <summary>The gradient of its output.</summary>
    public static ColumnSource<T> OfOutputGradient(LayerWorkspace<T> work, nint at, Shape shape, T* buffer) => work.Behind is { } taken
        ? new(taken.Work.Input + at, taken.Work.OutputGradient + at, shape, taken, buffer)
        : new(work.OutputGradient + at, null, shape, null, null);

    /// <summary>Channels <paramref name="c"/> … c + <paramref name="lanes"/> − 1 of all places.</summary>
    /// <param name="c">The first channel.</param>
    /// <param name="lanes">Lanes of a register.</param>
    /// <param name="step">Distance from a place to the next.</param>
    public T* Column(int c, int lanes, out nint step)
    {
        step = _loops is null ? _by.Channels : lanes;
        if (_loops is null)
            return _image + c;
        if (_delta == null)
            _loops.ForwardColumn(_image, _places, _by, c, lanes, _buffer);
        else
            _loops.BackwardColumn(_delta, _image, _places, _by, c, lanes, _buffer);
        return _buffer;
    }
}
