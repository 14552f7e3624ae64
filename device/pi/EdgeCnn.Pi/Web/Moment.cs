using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using EdgeCnn.Device;
using EdgeCnn.Pi.Pipeline;
using EdgeCnn.Pi.Teaching;

namespace EdgeCnn.Pi.Web;

/// <summary>Reads the state of the whole.</summary>
internal sealed class Moment(CameraService service)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>The moment.</summary>
    public async Task<State> Read()
    {
        var reading = new Reading();
        service.Told.ReadLast(reading);
        // What belongs to the model's thread is asked of it.
        (IReadOnlyList<string> labels, bool canLearn, IReadOnlyList<Lesson> lessons, string unsaved) = await service.Inference.Ask(() => (
            service.Inference.Engine?.Labels ?? [],
            service.Models.Lessons is not null,
            service.Models.Lessons?.List ?? [],
            service.Models.Classroom.Trouble)).WaitAsync(Patience);
        bool isOfModel = ReferenceEquals(labels, reading.Labels);
        return new State(
            service.Capture.SourceName,
            new[] { Health.Of(service), service.Models.Trouble, unsaved }.FirstOrDefault(trouble => trouble.Length > 0) ?? "",
            service.Capture.Captured,
            isOfModel ? reading.LabelName : null,
            labels,
            [.. labels.Select((_, label) => isOfModel ? Math.Round((double)reading.Means[label] / Smoothing.One, 4) : 0)],
            service.Told.Latencies.Read(),
            service.Dropped,
            Thermometer.Read(),
            canLearn,
            lessons,
            service.Models.List,
            service.Settings.Web.Token.Length > 0);
    }
}
