using System;
using System.Collections.Generic;
using System.Linq;
using EdgeCnn.Managed;
using Xunit;

namespace EdgeCnn.Tests.Learning;

/// <summary>
/// The gradients of a sample in double precision, as the textbooks define them, on what the integer forward pass computed: its activations
/// and weights in real units, and its clamps as masks. What integer learning has to equal before it rounds its steps.
/// </summary>
internal sealed unsafe class FloatBackward
{
    private readonly EdgeModel _model;
    private readonly byte* _file;
    private readonly int _inputs;
    private readonly sbyte[][] _values;
    private readonly double[]?[] _errors;

    private FloatBackward(EdgeModel model)
    {
        _model = model;
        _file = model.ModelPointer;
        _inputs = ModelFile.TensorCount(_file) - ModelFile.OperatorCount(_file);
        _values = new sbyte[ModelFile.TensorCount(_file)][];
        _errors = new double[ModelFile.TensorCount(_file)][];
    }

    /// <summary>∂L/∂w of every operator with weights, channels × depth.</summary>
    public Dictionary<int, double[]> WeightGradients { get; } = [];

    /// <summary>∂L/∂b of every operator with weights.</summary>
    public Dictionary<int, double[]> BiasGradients { get; } = [];

    /// <summary>Real value of an integer step of every operator's weights, channel by channel.</summary>
    public Dictionary<int, double[]> WeightScales { get; } = [];

    /// <summary>Runs the sample in the model's inputs forward and, with cross-entropy on its logits, back.</summary>
    public static FloatBackward Of(EdgeModel model, int label)
    {
        var pass = new FloatBackward(model);
        pass.Forward();
        int last = ModelFile.OperatorCount(pass._file) - 1, op = ModelFile.Operator(pass._file, last);
        Assert.Equal(Softmax.Code, OperatorRecord.Code(pass._file, op));
        int logits = OperatorRecord.InputIndex(pass._file, op, 0);
        double[] real = [.. pass.Real(logits)];
        double sum = real.Sum(x => Math.Exp(x - real.Max()));
        pass._errors[logits] = [.. real.Select((x, i) => Math.Exp(x - real.Max()) / sum - (i == label ? 1 : 0))];
        for (int i = last - 1; i >= 0; i--) pass.Back(i);
        return pass;
    }

    /// <summary>Cosine of the angle between two gradients.</summary>
    public static double Cosine(IReadOnlyList<double> a, IReadOnlyList<double> b)
    {
        double product = a.Zip(b, (x, y) => x * y).Sum();
        return product / Math.Sqrt(a.Sum(x => x * x) * b.Sum(x => x * x));
    }

    private void Forward()
    {
        for (int t = 0; t < _inputs; t++) _values[t] = Bytes(t);
        for (int i = 0; i < ModelFile.OperatorCount(_file); i++)
        {
            _model.Step(i);
            _values[_inputs + i] = Bytes(_inputs + i);
        }
    }

    private sbyte[] Bytes(int tensor)
    {
        int record = ModelFile.Tensor(_file, tensor);
        return new Span<sbyte>(_model.ArenaPointer + TensorRecord.ArenaOffset(_file, record), TensorRecord.Elements(_file, record)).ToArray();
    }

    private IEnumerable<double> Real(int tensor)
    {
        int record = ModelFile.Tensor(_file, tensor), zero = TensorRecord.ZeroPoint(_file, record);
        double scale = Scale(tensor);
        return _values[tensor].Select(q => scale * (q - zero));
    }

    private double Scale(int tensor) => BitConverter.Int32BitsToSingle(TensorRecord.ScaleBits(_file, ModelFile.Tensor(_file, tensor)));

    private void Back(int index)
    {
        int op = ModelFile.Operator(_file, index), code = OperatorRecord.Code(_file, op);
        if (_errors[_inputs + index] is not { } error) return;
        int input = OperatorRecord.InputIndex(_file, op, 0);
        double[] back = _errors[input] ??= new double[_values[input].Length];
        if (code != Reshape.Code) Mask(op, index, error);
        switch (code)
        {
            case Conv2D.Code or DepthwiseConv2D.Code: Convolution(index, op, error, back, code == DepthwiseConv2D.Code); break;
            case FullyConnected.Code: Product(index, op, error, back); break;
            case MaxPool.Code or AveragePool.Code: Pooling(op, index, error, back, code == MaxPool.Code); break;
            case Reshape.Code or Rescale.Code or Add.Code:
                for (int i = 0; i < error.Length; i++) back[i] += error[i];
                if (code != Add.Code) break;
                int second = OperatorRecord.InputIndex(_file, op, 1);
                double[] back2 = _errors[second] ??= new double[_values[second].Length];
                for (int i = 0; i < error.Length; i++) back2[i] += error[i];
                break;
            default: throw new NotSupportedException(OperatorTable.Name(code));
        }
    }

    /// <summary>No derivative where an activation holds the output: at a lower bound that is above int8's or the zero point, or at an upper one
    /// below int8's.</summary>
    private void Mask(int op, int index, double[] error)
    {
        int min = Clamp.Min(_file, op), max = Clamp.Max(_file, op), zero = TensorRecord.ZeroPoint(_file, OperatorRecord.Output(_file, op));
        for (int i = 0; i < error.Length; i++)
        {
            sbyte q = _values[_inputs + index][i];
            if ((q <= min && (min > -128 || min == zero)) || (q >= max && max < 127)) error[i] = 0;
        }
    }

    private double[] Scales(int index, int op)
    {
        int channels = WeightedRows.OutputChannels(_file, op), count = WeightedRows.Multipliers(_file, op);
        int block = OperatorRecord.Requant(_file, op) + 4 * channels;
        double ratio = Scale(_inputs + index) / Scale(OperatorRecord.InputIndex(_file, op, 0));
        return WeightScales[index] = [.. Enumerable.Range(0, channels).Select(c => count == 1 ? 0 : c).Select(m =>
            Math.ScaleB(Memory.Int32(_file, block + 4 * m), (sbyte)_file[block + 4 * count + m] - 31) * ratio)];
    }

    private void Product(int index, int op, double[] error, double[] back)
    {
        int channels = WeightedRows.OutputChannels(_file, op), depth = FullyConnected.Depth(_file, op);
        double[] x = [.. Real(OperatorRecord.InputIndex(_file, op, 0))], scales = Scales(index, op);
        double[] gradient = WeightGradients[index] = new double[channels * depth], bias = BiasGradients[index] = new double[channels];
        sbyte* weights = (sbyte*)_file + OperatorRecord.Weights(_file, op);
        for (int i = 0; i < error.Length; i++)
        {
            int row = i / channels, c = i % channels;
            bias[c] += error[i];
            for (int k = 0; k < depth; k++)
            {
                gradient[c * depth + k] += error[i] * x[row * depth + k];
                back[row * depth + k] += error[i] * weights[c * depth + k] * scales[c];
            }
        }
    }

    private void Convolution(int index, int op, double[] error, double[] back, bool isDepthwise)
    {
        int input = OperatorRecord.Input(_file, op), output = OperatorRecord.Output(_file, op);
        int channels = TensorRecord.Channels(_file, output), inputs = TensorRecord.Channels(_file, input), perGroup = isDepthwise ? 1 : inputs;
        int kh = Window.KernelHeight(_file, op), kw = Window.KernelWidth(_file, op), depth = kh * kw * perGroup;
        int height = TensorRecord.Dimension(_file, input, 1), width = TensorRecord.Dimension(_file, input, 2);
        int outputWidth = TensorRecord.Dimension(_file, output, 2);
        double[] x = [.. Real(OperatorRecord.InputIndex(_file, op, 0))], scales = Scales(index, op);
        double[] gradient = WeightGradients[index] = new double[channels * depth], bias = BiasGradients[index] = new double[channels];
        sbyte* weights = (sbyte*)_file + OperatorRecord.Weights(_file, op);
        for (int i = 0; i < error.Length; i++)
        {
            if (error[i] == 0) continue;
            int c = i % channels, place = i / channels;
            int top = place / outputWidth * Window.StrideY(_file, op) - Window.PadTop(_file, op);
            int left = place % outputWidth * Window.StrideX(_file, op) - Window.PadLeft(_file, op);
            bias[c] += error[i];
            for (int k = 0; k < depth; k++)
            {
                int row = top + k / perGroup / kw * Window.DilationY(_file, op), column = left + k / perGroup % kw * Window.DilationX(_file, op);
                if (row < 0 || row >= height || column < 0 || column >= width) continue;
                int at = (row * width + column) * inputs + (isDepthwise ? c / (channels / inputs) : k % inputs);
                gradient[c * depth + k] += error[i] * x[at];
                back[at] += error[i] * weights[c * depth + k] * scales[c];
            }
        }
    }

    private void Pooling(int op, int index, double[] error, double[] back, bool isMax)
    {
        int input = OperatorRecord.Input(_file, op), output = OperatorRecord.Output(_file, op), channels = TensorRecord.Channels(_file, output);
        int height = TensorRecord.Dimension(_file, input, 1), width = TensorRecord.Dimension(_file, input, 2);
        int outputWidth = TensorRecord.Dimension(_file, output, 2);
        sbyte[] values = _values[OperatorRecord.InputIndex(_file, op, 0)];
        for (int i = 0; i < error.Length; i++)
        {
            int place = i / channels, top = place / outputWidth * Window.StrideY(_file, op) - Window.PadTop(_file, op);
            int left = place % outputWidth * Window.StrideX(_file, op) - Window.PadLeft(_file, op);
            int[] under = [.. from y in Enumerable.Range(top, Window.KernelHeight(_file, op))
                              from x in Enumerable.Range(left, Window.KernelWidth(_file, op))
                              where y >= 0 && y < height && x >= 0 && x < width
                              select (y * width + x) * channels + i % channels];
            if (isMax) back[under.MaxBy(at => values[at])] += error[i];
            else foreach (int at in under) back[at] += error[i] / under.Length;
        }
    }
}
