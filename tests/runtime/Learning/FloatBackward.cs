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

    /// <summary>The same with half the squared error of the last operator's output.</summary>
    public static FloatBackward Of(EdgeModel model, float[] target)
    {
        var pass = new FloatBackward(model);
        pass.Forward();
        int last = ModelFile.OperatorCount(pass._file) - 1, output = pass._inputs + last;
        double scale = pass.Scale(output);
        pass._errors[output] = [.. pass.Real(output).Select((y, i) => y - scale * Math.Round(target[i] / scale))];
        for (int i = last; i >= 0; i--) pass.Back(i);
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
        if (code is not (Reshape.Code or Lookup.Code or Concat.Code or Pad.Code)) Mask(op, index, error);
        switch (code)
        {
            case Conv2D.Code or DepthwiseConv2D.Code: Convolution(index, op, error, back, code == DepthwiseConv2D.Code); break;
            case FullyConnected.Code: Product(index, op, error, back); break;
            case SumPool.Code: Subsampling(index, op, error, back); break;
            case Lookup.Code: Function(op, error, back); break;
            case Concat.Code: Parts(op, error); break;
            case Pad.Code: Inside(op, error, back); break;
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

    private void Subsampling(int index, int op, double[] error, double[] back)
    {
        int input = OperatorRecord.Input(_file, op), output = OperatorRecord.Output(_file, op), channels = TensorRecord.Channels(_file, output);
        double[] x = [.. Real(OperatorRecord.InputIndex(_file, op, 0))], scales = Scales(index, op);
        double[] gradient = WeightGradients[index] = new double[channels], bias = BiasGradients[index] = new double[channels];
        sbyte* weights = (sbyte*)_file + OperatorRecord.Weights(_file, op);
        for (int i = 0; i < error.Length; i++)
        {
            int c = i % channels;
            bias[c] += error[i];
            foreach (int at in Under(op, i, channels, input, output))
            {
                gradient[c] += error[i] * x[at];
                back[at] += error[i] * weights[c] * scales[c];
            }
        }
    }

    /// <summary>The functions that the networks of the tests have: the one that is nearest to the table.</summary>
    private void Function(int op, double[] error, double[] back)
    {
        int output = OperatorRecord.Output(_file, op), zero = TensorRecord.ZeroPoint(_file, output);
        double[] x = [.. Real(OperatorRecord.InputIndex(_file, op, 0))];
        double scale = BitConverter.Int32BitsToSingle(TensorRecord.ScaleBits(_file, output));
        sbyte[] y = _values[_inputs + Enumerable.Range(0, ModelFile.OperatorCount(_file)).First(i => ModelFile.Operator(_file, i) == op)];
        (Func<double, double> Value, Func<double, double> Derivative)[] functions =
        [
            (Math.Tanh, v => 1 / (Math.Cosh(v) * Math.Cosh(v))),
            (v => 1 / (1 + Math.Exp(-v)), v => Math.Exp(-v) / ((1 + Math.Exp(-v)) * (1 + Math.Exp(-v)))),
            (v => v < 0 ? 0.1 * v : v, v => v < 0 ? 0.1 : 1),
            (v => v < 0 ? Math.Exp(v) - 1 : v, v => v < 0 ? Math.Exp(v) : 1),
        ];
        (_, Func<double, double> derivative) = functions.MinBy(f => x.Select((v, i) => Math.Abs(f.Value(v) - scale * (y[i] - zero))).Sum());
        for (int i = 0; i < error.Length; i++) back[i] += error[i] * derivative(x[i]);
    }

    private void Parts(int op, double[] error)
    {
        int outer = Memory.Int32(_file, op + Concat.OuterAt), from = 0;
        for (int n = 0; n < OperatorRecord.InputCount(_file, op); n++)
        {
            int input = OperatorRecord.InputIndex(_file, op, n), part = _values[input].Length / outer;
            double[] back = _errors[input] ??= new double[_values[input].Length];
            for (int i = 0; i < back.Length; i++) back[i] += error[i / part * (error.Length / outer) + from + i % part];
            from += part;
        }
    }

    /// <summary>Images of one border of zeros.</summary>
    private void Inside(int op, double[] error, double[] back)
    {
        int input = OperatorRecord.Input(_file, op), output = OperatorRecord.Output(_file, op), block = OperatorRecord.Params(_file, op);
        int height = TensorRecord.Dimension(_file, input, 1), width = TensorRecord.Dimension(_file, input, 2), channels = TensorRecord.Channels(_file, input);
        int top = Memory.Int32(_file, block + 4), left = Memory.Int32(_file, block + 8);
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
                for (int c = 0; c < channels; c++)
                    back[(y * width + x) * channels + c] += error[((y + top) * TensorRecord.Dimension(_file, output, 2) + x + left) * channels + c];
    }

    private void Pooling(int op, int index, double[] error, double[] back, bool isMax)
    {
        int input = OperatorRecord.Input(_file, op), output = OperatorRecord.Output(_file, op), channels = TensorRecord.Channels(_file, output);
        sbyte[] values = _values[OperatorRecord.InputIndex(_file, op, 0)];
        for (int i = 0; i < error.Length; i++)
        {
            int[] under = Under(op, i, channels, input, output);
            if (isMax) back[under.MaxBy(at => values[at])] += error[i];
            else foreach (int at in under) back[at] += error[i] / under.Length;
        }
    }

    /// <summary>The places under the window of an output element, in its channel.</summary>
    private int[] Under(int op, int i, int channels, int input, int output)
    {
        int height = TensorRecord.Dimension(_file, input, 1), width = TensorRecord.Dimension(_file, input, 2);
        int place = i / channels, outputWidth = TensorRecord.Dimension(_file, output, 2);
        int top = place / outputWidth * Window.StrideY(_file, op) - Window.PadTop(_file, op);
        int left = place % outputWidth * Window.StrideX(_file, op) - Window.PadLeft(_file, op);
        return [.. from y in Enumerable.Range(top, Window.KernelHeight(_file, op))
                   from x in Enumerable.Range(left, Window.KernelWidth(_file, op))
                   where y >= 0 && y < height && x >= 0 && x < width
                   select (y * width + x) * channels + i % channels];
    }
}
