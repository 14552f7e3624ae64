using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using EdgeCnn.Cli.Files;
using EdgeCnn.Cli.Rendering;
using EdgeCnn.Cli.Results;
using EdgeCnn.Cli.Terminal;
using EdgeCnn.Cli.Training;
using EdgeCnn.Managed;
using EdgeCnn.Trainer.Data;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Learning;

namespace EdgeCnn.Cli.Commands;

/// <summary><c>edgecnn plan-learning MODEL -o OUT</c></summary>
internal sealed class PlanLearningCommand : ToolCommand<PlanResult>
{
    private const string Automatic = "auto";

    private readonly Argument<string> _model = ModelPath.Argument();
    private readonly Option<string> _out = new("--out", "-o")
    {
        Description = "The model file with the plan",
        HelpName = "FILE",
        Required = true,
    };
    private readonly Option<int?> _sram = LearningOptions.Sram();
    private readonly Option<string> _layers = new("--layers")
    {
        Description = "What learns: all, biases, last:N (layers with weights), or auto: what brings most for its bytes",
        HelpName = "LAYERS",
        DefaultValueFactory = _ => "all",
    };
    private readonly Option<double> _rate = LearningOptions.Real("--rate", "Step size of a sample", 0.005, 1e-9, 1000);
    private readonly Option<int> _bits = LearningOptions.Whole(
        "--fraction-bits", "Bits behind a weight's 8, a byte of RAM each weight; 0 leaves small steps to chance", LearnFile.MaxFractionBits, 0, LearnFile.MaxFractionBits);
    private readonly Option<int> _batch = LearningOptions.Whole("--batch", "Samples to a step; over 1 takes four bytes more for a weight", 1, 1, ushort.MaxValue);
    private readonly Option<double> _momentum = LearningOptions.Real("--momentum", "Share of a step that the next one keeps; four bytes more for a weight", 0, 0, 1);
    private readonly Option<double> _decay = LearningOptions.Real("--decay", "Weight decay (L2)", 0, 0, 1000);
    private readonly Option<LearningLoss> _loss = new("--loss")
    {
        Description = "What becomes small: crossEntropy for classes, squaredError for any target",
        DefaultValueFactory = _ => LearningLoss.CrossEntropy,
    };
    private readonly Option<int> _seed = LearningOptions.Whole("--seed", "What rounding draws its bits from", 1, 0, int.MaxValue);
    private readonly Option<string?> _data = LearningOptions.Data();

    public PlanLearningCommand()
        : base("plan-learning", "Decide what a model learns on a device, and in which memory.", PlanText.Write)
    {
        foreach (Symbol symbol in (Symbol[])[_model, _out, _sram, _layers, _rate, _bits, _batch, _momentum, _decay, _loss, _seed, _data])
        {
            if (symbol is Argument argument) Add(argument);
            else Add((Option)symbol);
        }
    }

    public override string Notes =>
        """
        auto lets each layer, with those that it has chosen, learn up to 300 samples of --data, which should be such
        as the device will see, and measures the loss on others. It chooses the layer with the largest fall of the
        loss per byte of RAM that it adds, then the next, while --sram has room and the loss falls; of a layer that
        does not fit, as many output channels as do.
        The model with a plan is another model than without: deltas belong to it alone.
        """;

    public override Example[] Examples =>
    [
        new("plan-learning model.ecnn -o learning.ecnn", "everything learns"),
        new("plan-learning model.ecnn -o learning.ecnn --layers last:2 --sram 28KB", "the last two layers, if that fits"),
        new("plan-learning model.ecnn -o learning.ecnn --layers auto --sram 28KB --data samples", "what brings most in 28 KB"),
    ];

    protected override PlanResult Execute(ParseResult arguments, Session session)
    {
        string path = arguments.GetRequiredValue(_model), output = arguments.GetRequiredValue(_out), layers = arguments.GetRequiredValue(_layers);
        int? sram = arguments.GetValue(_sram);
        OutputFolder folder = OutputFolder.Of(output, path);
        using EdgeModel model = ModelPath.Open(path);
        byte[] file = File.ReadAllBytes(path);
        LearningSettings settings = Settings(arguments);
        IReadOnlyList<LayerGain> gains = [];
        if (layers == Automatic)
        {
            if (sram is null) throw new UsageException("--layers auto chooses what fits; say how much RAM there is with --sram.");
            Dataset data = LearningData.Load(path, model, arguments.GetValue(_data), session).Train;
            var automatic = new AutomaticLayers(file, settings, sram.Value);
            List<LayerGain> measured = [];
            settings = settings with
            {
                Layers = automatic.Choose(
                    data,
                    gain =>
                    {
                        measured.Add(gain);
                        session.Messages.Profile.Out.Writer.WriteLine(PlanText.Line(gain));
                    },
                    session.Cancellation),
            };
            gains = measured;
        }
        else
        {
            settings = settings with { Layers = Parse(layers) };
        }
        byte[] planned = LearningPlanner.Apply(file, settings);
        LearningMemory memory = LearningMemory.Of(planned);
        if (sram is { } limit && memory.TotalBytes > limit)
            throw new RefusedException(
                FormattableString.Invariant($"{path}: learning {layers} takes {memory.TotalBytes:n0} bytes ({memory.InferenceBytes:n0} of inference, ")
                + FormattableString.Invariant($"{memory.LastingBytes:n0} persistent, {memory.PassingBytes:n0} transient), --sram allows {limit:n0}; ")
                + "let fewer layers learn (last:1, biases, auto)");
        using EdgeModel opened = EdgeModel.Open(planned, new ModelOptions { Learns = true });
        folder.Create();
        AtomicFile.Write(output, planned);
        return new PlanResult(output, opened.Info.ModelId, planned.Length, sram, memory, gains);
    }

    private LearningSettings Settings(ParseResult arguments) => new()
    {
        Rate = arguments.GetValue(_rate),
        FractionBits = arguments.GetValue(_bits),
        Batch = arguments.GetValue(_batch),
        Momentum = arguments.GetValue(_momentum),
        Decay = arguments.GetValue(_decay),
        Loss = arguments.GetValue(_loss),
        Seed = arguments.GetValue(_seed),
    };

    private static LayerChoice Parse(string layers)
    {
        try
        {
            return LayerChoice.Parse(layers);
        }
        catch (FormatException wrong)
        {
            throw new UsageException($"--layers: {wrong.Message}, or auto.");
        }
    }
}
