using System.CommandLine;
using System.Linq;
using EdgeCnn.Cli.Files;
using EdgeCnn.Cli.Rendering;
using EdgeCnn.Cli.Results;
using EdgeCnn.Cli.Terminal;
using EdgeCnn.Managed;
using EdgeCnn.Trainer.Report;

namespace EdgeCnn.Cli.Commands;

/// <summary><c>edgecnn selftest MODEL</c></summary>
internal sealed class SelfTestCommand : ToolCommand<SelfTestResult>
{
    private readonly Argument<string> _model = ModelPath.Argument();

    public SelfTestCommand()
        : base("selftest", "Run the test that a model file carries: is every operator's hash the expected one?", SelfTestText.Write) =>
        Add(_model);

    public override Example[] Examples => [new("selftest model.ecnn", "is this computer bit-exact?")];

    protected override SelfTestResult Execute(ParseResult arguments, Session session)
    {
        string path = arguments.GetRequiredValue(_model);
        using EdgeModel model = ModelPath.Open(path);
        if (!model.Info.HasTest)
            throw new RefusedException($"{path}: carries no self-test; export the model again");
        OperatorTestResult[] operators =
        [
            .. SelfTestReport.Run(model).Select(test => new OperatorTestResult(
                test.Operator.Index, test.Operator.Name, Hashes.Text(test.Hash), Hashes.Text(test.Expected), test.Passed)),
        ];
        return new SelfTestResult(path, model.Info.ModelId, operators.All(test => test.Passed), operators);
    }

    protected override bool Passed(SelfTestResult result) => result.Passed;
}
