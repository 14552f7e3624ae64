using System.Linq;
using System.Numerics;

namespace EdgeCnn.Trainer.Layers;

/// <summary>Down-sampling: every output is made of one window of one input channel. Elements of the padding don't take part.</summary>
/// <param name="kernel">Size of the windows.</param>
/// <param name="stride">Distance between windows; the kernel's size when absent.</param>
/// <param name="padding">Enlargement of the input.</param>
public abstract class Pool<T>(Extent kernel, Extent? stride, Padding padding) : Layer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Size of the windows.</summary>
    public Extent Kernel => kernel;

    /// <summary>Distance between windows.</summary>
    public Extent Stride { get; } = stride ?? kernel;

    /// <summary>Padding as asked for.</summary>
    public Padding Padding => padding;

    /// <summary>The windows, with the padding resolved for the input.</summary>
    public Window Window { get; private set; } = null!;

    /// <summary>For every output row the input rows in its windows: first, and one past the last.</summary>
    private protected (int First, int End)[] Rows { get; private set; } = [];

    /// <summary>For every output column the input columns in its windows.</summary>
    private protected (int First, int End)[] Columns { get; private set; } = [];

    /// <inheritdoc/>
    protected sealed override Shape Configure(Shape input)
    {
        Window = new Window(input, Kernel, Stride, Padding);
        Rows = [.. Enumerable.Range(0, Window.OutputHeight).Select(Window.Rows)];
        Columns = [.. Enumerable.Range(0, Window.OutputWidth).Select(Window.Columns)];
        MakeParameters(input);
        return new Shape(Window.OutputHeight, Window.OutputWidth, input.Channels);
    }

    /// <summary>Makes <see cref="Layer{T}.Weights"/> and <see cref="Layer{T}.Bias"/> of layers that have some.</summary>
    private protected virtual void MakeParameters(Shape input)
    {
    }
}
