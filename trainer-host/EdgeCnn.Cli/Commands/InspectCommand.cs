using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text;
using EdgeCnn.Cli.Files;
using EdgeCnn.Cli.Rendering;
using EdgeCnn.Cli.Results;
using EdgeCnn.Cli.Terminal;
using EdgeCnn.Managed;
using EdgeCnn.Trainer;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Learning;
using EdgeCnn.Trainer.Report;

namespace EdgeCnn.Cli.Commands;

/// <summary><c>edgecnn inspect MODEL</c></summary>
internal sealed class InspectCommand : ToolCommand<InspectResult>
{
    private static readonly Dictionary<int, string> SectionNames = typeof(SectionType).GetFields(BindingFlags.Public | BindingFlags.Static)
        .ToDictionary(field => (int)field.GetRawConstantValue()!, field => field.Name);

    private readonly Argument<string> _model = ModelPath.Argument();
    private readonly Option<string?> _plan = new("--plan")
    {
        Description = "Also write the memory plan as a picture (SVG): tensors over time and address",
        HelpName = "FILE",
    };

    public InspectCommand()
        : base("inspect", "Show what a model file holds: sizes, identity, inputs and outputs, operators.", InspectText.Write)
    {
        Add(_model);
        Add(_plan);
    }

    public override Example[] Examples =>
    [
        new("inspect model.ecnn", "does it fit the board?"),
        new("inspect model.ecnn --plan plan.svg", "what lives where in the arena, and when"),
        new("inspect model.ecnn --json | jq .arenaBytes", "one number, for a script"),
    ];

    protected override InspectResult Execute(ParseResult arguments, Session session)
    {
        string path = arguments.GetRequiredValue(_model);
        using EdgeModel model = ModelPath.Open(path);
        byte[] file = File.ReadAllBytes(path);
        if (arguments.GetValue(_plan) is { } plan)
        {
            OutputFolder.Of(plan, path).Create();
            AtomicFile.Write(plan, Encoding.UTF8.GetBytes(MemoryPlanPicture.Draw(model)));
        }
        ModelInfo info = model.Info;
        return new InspectResult(
            path, info.FileBytes, info.WeightBytes, info.ArenaBytes, info.LearningBytes,
            info.LargestLayerBytes, info.WindowedBytes, model.Operators.Sum(op => op.Macs), info.ModelId, ModelSeal.IsIntact(file),
            info.SignedBy, info.HasTest, Pairs(info), [.. info.Sections.Select(Section)],
            [.. model.Inputs.Select(Tensor)], [.. model.Outputs.Select(Tensor)],
            [.. model.Operators.Select(Operator)], info.LearningBytes == 0 ? null : LearningMemory.Of(file));
    }

    /// <summary>The file's pairs; of equal keys the last.</summary>
    private static Dictionary<string, string> Pairs(ModelInfo info)
    {
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach ((string key, string value) in info.Meta)
            pairs[key] = value;
        return pairs;
    }

    private static SectionResult Section((int Type, int Offset, int Bytes) section) =>
        new(SectionNames.GetValueOrDefault(section.Type, "unknown"), section.Type, section.Offset, section.Bytes);

    private static TensorResult Tensor(TensorInfo tensor) => new(
        tensor.Name, tensor.Index, tensor.TypeName, tensor.Shape, tensor.Scale, tensor.ZeroPoint, tensor.ArenaOffset, tensor.HasPreprocessing,
        tensor.SoundSamples, tensor.SoundRate, tensor.Labels);

    private static OperatorResult Operator(OperatorInfo op) => new(
        op.Index, op.Name, op.Input.Shape, op.Output.Shape, op.Macs, op.WeightBytes, op.ScratchBytes, op.Input.ArenaOffset,
        op.Output.ArenaOffset);
}
