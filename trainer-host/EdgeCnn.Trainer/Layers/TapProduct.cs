using System;
using System.Numerics;
using EdgeCnn.Trainer.Numerics;

namespace EdgeCnn.Trainer.Layers;

/// <summary>
/// The three products of a convolution whose windows are a <see cref="TapTable"/>: volumes, dilated and grouped kernels. Sample by sample
/// and group by group, what the windows see becomes a matrix X (places, taps): forward X·Wᵀ + bias, weights' gradient δᵀ·X, and input's
/// gradient δ·W, added back to where the windows were.
/// </summary>
/// <param name="table">The windows.</param>
/// <param name="input">Shape of a sample.</param>
/// <param name="filters">Output channels.</param>
/// <param name="groups">Parts into which input and output channels are dealt in their order; each filter sees the inputs of its
/// part.</param>
internal sealed unsafe class TapProduct<T>(TapTable table, Shape input, int filters, int groups)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly TapMatrix<T> _matrix = new(table, input.Channels, input.Channels / groups);
    private readonly Block<T> _transposed = new((long)table.Taps * (input.Channels / groups) * filters);
    private readonly Block<T> _zeros = new(table.Taps * (input.Channels / groups));

    /// <summary>Values that a filter sums: taps · channels of a group.</summary>
    public int Depth => _matrix.Columns;

    /// <summary>Values of scratch memory.</summary>
    public int ScratchLength => _matrix.Length;

    private int Inputs => input.Channels / groups;

    private int Filters => filters / groups;

    /// <summary>Brings the transposed copy of the weights (filters, taps, channels of a group) up to date.</summary>
    public void WeightsChanged(T* weights)
    {
        for (var group = 0; group < groups; group++)
        {
            var start = (nint)group * Filters * Depth;
            Loops.Transpose(weights + start, Filters, Depth, _transposed.Pointer + start);
        }
    }

    /// <summary>The layer's output (count, places, filters).</summary>
    public void Forward(LayerWorkspace<T> work, T* bias)
    {
        for (var sample = 0; sample < work.Count; sample++)
        {
            for (var group = 0; group < groups; group++)
            {
                _matrix.Gather(work.Input + (nint)sample * input.Length, group * Inputs, work.Scratch);
                Gemm.Multiply(
                    table.Places, Filters, Depth, work.Scratch, Depth, 1, _transposed.Pointer + (nint)group * Filters * Depth, Filters,
                    bias + group * Filters, 0, work.Output + (nint)sample * table.Places * filters + group * Filters, filters);
            }
        }
    }

    /// <summary>Gradients of weights, bias and, when it is wanted, input.</summary>
    public void Backward(LayerWorkspace<T> work, T* weights, T* weightGradient, T* biasGradient)
    {
        if (work.InputGradient != null)
            new Span<T>(work.InputGradient, work.Count * input.Length).Clear();
        for (var sample = 0; sample < work.Count; sample++)
        {
            for (var group = 0; group < groups; group++)
            {
                var delta = work.OutputGradient + (nint)sample * table.Places * filters + group * Filters;
                var start = (nint)group * Filters * Depth;
                _matrix.Gather(work.Input + (nint)sample * input.Length, group * Inputs, work.Scratch);
                Gemm.Multiply(
                    Filters, Depth, table.Places, delta, 1, filters, work.Scratch, Depth,
                    sample == 0 ? _zeros.Pointer : weightGradient + start, sample == 0 ? 0 : Depth, weightGradient + start, Depth);
                if (work.InputGradient == null)
                    continue;
                Gemm.Multiply(
                    table.Places, Depth, Filters, delta, filters, 1, weights + start, Depth, _zeros.Pointer, 0, work.Scratch, Depth);
                _matrix.AddBack(work.Scratch, work.InputGradient + (nint)sample * input.Length, group * Inputs);
            }
        }

        Loops.SumRows(work.OutputGradient, work.Count * table.Places, filters, biasGradient);
    }
}
