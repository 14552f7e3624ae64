using System.Linq;
using EdgeCnn.IlTools;
using EdgeCnn.Tests;
using Xunit;

namespace EdgeCnn.Device.Tests;

public sealed class NanoGateTests
{
    public static TheoryData<string> RuleNames => [.. NanoGate.Rules.Select(rule => rule.Name)];

    public static TheoryData<string> ApplicationRuleNames =>
        [.. NanoGate.ApplicationRules.Except(NanoGate.Rules).Select(rule => rule.Name)];

    public static TheoryData<string> CommonRuleNames => [.. NanoGate.ApplicationRules.Intersect(NanoGate.Rules).Select(rule => rule.Name)];

    [Theory]
    [MemberData(nameof(RuleNames))]
    public void The_runtime_keeps(string rule) => Assert.Empty(Rule(rule).Offences(BoardAssembly.Runtime));

    [Theory]
    [MemberData(nameof(ApplicationRuleNames))]
    [MemberData(nameof(CommonRuleNames))]
    public void The_application_keeps(string rule)
    {
        Assert.Empty(Rule(rule).Offences(BoardAssembly.Application));
        Assert.Empty(Rule(rule).Offences(BoardAssembly.TcpApplication));
    }

    [Theory]
    [MemberData(nameof(RuleNames))]
    [MemberData(nameof(ApplicationRuleNames))]
    public void The_gate_notices_a_breach_of(string rule)
    {
        IlAssembly offender = Offenders.Of(rule);

        Assert.NotEmpty(offender.Methods);
        Assert.NotEmpty(Rule(rule).Offences(offender));
    }

    [Fact]
    public void The_gate_has_read_the_whole_runtime()
    {
        Assert.Contains(BoardAssembly.Runtime.Methods, method => method.ToString() == "EdgeCnn.Interpreter::Run" && method.Code.Count > 5);
        Assert.True(BoardAssembly.Runtime.Methods.Sum(method => method.Code.Count) > 1000);
    }

    [Fact]
    public void The_code_of_both_assemblies_is_noted()
    {
        int runtime = BoardAssembly.Runtime.Methods.Sum(NanoGate.CodeBytes);
        int application = BoardAssembly.Application.Methods.Sum(NanoGate.CodeBytes);
        Measured.Note(
            $"nanoFramework: {runtime:n0} bytes of IL in the runtime, {application:n0} in the application; "
            + $"an assembly can have {NanoGate.MaxCodeBytes:n0}");
        Assert.True(application < runtime);
    }

    private static GateRule Rule(string name) => NanoGate.Rules.Concat(NanoGate.ApplicationRules).First(rule => rule.Name == name);
}
