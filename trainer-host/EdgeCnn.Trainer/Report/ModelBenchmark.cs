using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using EdgeCnn.Managed;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Quantization;

namespace EdgeCnn.Trainer.Report;

/// <summary>How fast a model runs on this machine.</summary>
/// <param name="Tile">The micro-kernel that it was lowered for.</param>
/// <param name="Microseconds">One run of the whole model.</param>
/// <param name="Ceiling">10⁹ multiply-accumulates per second that the micro-kernel reaches on this machine at its best.</param>
/// <param name="Operators">Each operator by itself.</param>
public sealed record BenchmarkReport(string Tile, double Microseconds, double Ceiling, IReadOnlyList<OperatorTime> Operators);

/// <summary>The time that an operator takes.</summary>
public sealed record OperatorTime(OperatorInfo Operator, double Microseconds)
{
    /// <summary>10⁹ multiply-accumulates per second.</summary>
    public double GigaMacs => Operator.Macs / Microseconds / 1000;
}

/// <summary>
/// Measures on one thread. Each number is the least of many short measurements, taken in turns: what others do on the machine only ever
/// adds time.
/// </summary>
public static class ModelBenchmark
{
    /// <summary>Length of one measurement, long against the clock's resolution and short against a time slice.</summary>
    private const double SampleMicroseconds = 50;

    /// <summary>Runs the model on its present inputs for about <paramref name="duration"/>.</summary>
    public static BenchmarkReport Run(EdgeModel model, TimeSpan duration)
    {
        ArgumentNullException.ThrowIfNull(model);
        using EdgeModel peak = EdgeModel.Open(LargeProduct());
        Subject[] subjects =
        [
            new(model.Run), new(peak.Run),
            .. model.Operators.Select(op => new Subject(() => model.Step(op.Index))),
        ];
        long end = Stopwatch.GetTimestamp() + (long)(duration.TotalSeconds * Stopwatch.Frequency);
        do
        {
            foreach (Subject subject in subjects) subject.Measure();
        }
        while (Stopwatch.GetTimestamp() < end);
        return new BenchmarkReport(
            model.TileName, subjects[0].Best, peak.Operators[0].Macs / subjects[1].Best / 1000,
            [.. model.Operators.Select((op, i) => new OperatorTime(op, subjects[2 + i].Best))]);
    }

    /// <summary>A 1×1 convolution of 16 × 8 pixels with 256 channels to 32: weights stay in the first cache, and sums are long.</summary>
    private static byte[] LargeProduct()
    {
        const int channels = 32, depth = 256;
        var model = new IntegerModel();
        model.Tensors.Add(new IntegerTensor([1, 16, 8, depth], new QuantizationParameters(1, 0)));
        model.Tensors.Add(new IntegerTensor([1, 16, 8, channels], new QuantizationParameters(1, 0)));
        model.Inputs.Add(new InputDescription("x", ChannelOrder.None, null));
        model.Outputs.Add(new OutputDescription(1, "y", []));
        byte[] own = OwnFields.Of(1, 1, 1, 1, 0, 0, 1, 1);
        OwnFields.SetClamp(own, model.Tensors[1].Quantization, double.NegativeInfinity, double.PositiveInfinity);
        sbyte[] weights = [.. Enumerable.Range(0, channels * depth).Select(i => (sbyte)(i * 37))];
        model.Operators.Add(new IntegerOperator(Conv2D.Code, [0], 1, own)
        {
            Weights = new IntegerWeights(weights, new int[channels], [FixedMultiplier.Of(1.0 / 4096)]),
        });
        return ModelWriter.Write(model);
    }

    /// <summary>Something to measure, and its best time so far.</summary>
    private sealed class Subject(Action run)
    {
        private int _repetitions = 1;

        /// <summary>Microseconds of one run.</summary>
        public double Best { get; private set; } = double.MaxValue;

        public void Measure()
        {
            long start = Stopwatch.GetTimestamp();
            for (int i = 0; i < _repetitions; i++) run();
            double microseconds = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
            Best = Math.Min(Best, microseconds / _repetitions);
            if (microseconds < SampleMicroseconds) _repetitions *= 2;
        }
    }
}
