using EdgeCnn.Trainer;
using EdgeCnn.Trainer.Data;
using EdgeCnn.Trainer.Report;
using Xunit;

namespace EdgeCnn.Tests.Report;

public sealed class DataReportTests
{
    [Fact]
    public void Classes_are_counted_and_channels_measured()
    {
        var classes = Dataset.NumberedClasses(2);
        var shape = new Shape(1, 1, 2);
        var data = new DataSplit(
            new Dataset(shape, [0, 255, 102, 255, 51, 255], [0, 1, 1], classes), new Dataset(shape, [9, 9], [0], classes))
        {
            Validation = new Dataset(shape, [9, 9, 9, 9], [1, 1], classes),
        };
        var report = DataReport.Of(data);
        Assert.Equal([new ClassCount("0", 1, 0, 1), new ClassCount("1", 2, 2, 0)], report.Classes);
        Assert.Equal(0.5, report.Balance);
        Assert.Equal(0.2, report.Mean[0], 1e-12);
        Assert.Equal(1, report.Mean[1]);
        Assert.Equal(0.163299316185545, report.Deviation[0], 1e-12);   // √(0.08 / 3)
        Assert.Equal(0, report.Deviation[1]);
    }
}
