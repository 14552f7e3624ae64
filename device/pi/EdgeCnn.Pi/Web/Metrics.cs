using System.Globalization;
using System.Text;
using EdgeCnn.Pi.Pipeline;

namespace EdgeCnn.Pi.Web;

/// <summary>Numbers in the text format of Prometheus, version 0.0.4.</summary>
internal static class Metrics
{
    private const double Microsecond = 1e-6;

    /// <summary>All of them.</summary>
    public static string Write(CameraService service, State now)
    {
        var text = new StringBuilder();
        Add(text, "frames_total", "counter", "Frames that came.", service.Capture.Captured);
        Add(text, "frames_dropped_total", "counter", "Frames that were skipped for newer ones.", now.Dropped);
        Add(text, "source_losses_total", "counter", "How often the camera was lost.", service.Capture.Losses);
        Add(text, "frames_per_second", "gauge", "Frames per second over the last 1,024.", now.Latencies.FramesPerSecond);
        Add(text, "lessons", "gauge", "Lessons that count.", now.Lessons.Count);
        Add(text, "healthy", "gauge", "1 when frames are classified.", Health.Of(service).Length == 0 ? 1 : 0);
        if (now.Temperature is { } degrees) Add(text, "temperature_celsius", "gauge", "Of the processor.", degrees);
        const string Latency = "edgecnn_latency_seconds";
        text.Append($"# HELP {Latency} From a frame's arrival until everybody was told.\n# TYPE {Latency} summary\n");
        Latencies taken = now.Latencies;
        (string, int)[] quantiles = [("0.5", taken.Median), ("0.9", taken.Percentile90), ("0.99", taken.Percentile99)];
        foreach ((string quantile, int value) in quantiles)
            text.Append(CultureInfo.InvariantCulture, $"{Latency}{{quantile=\"{quantile}\"}} {value * Microsecond:0.######}\n");
        text.Append(CultureInfo.InvariantCulture, $"{Latency}_sum {taken.Sum * Microsecond:0.######}\n{Latency}_count {taken.Count}\n");
        text.Append("# HELP edgecnn_label_score Score of each label over the last frames, 0 to 1.\n# TYPE edgecnn_label_score gauge\n");
        for (int i = 0; i < now.Labels.Count; i++)
            text.Append(CultureInfo.InvariantCulture, $"edgecnn_label_score{{label=\"{Escape(now.Labels[i])}\"}} {now.Means[i]}\n");
        return text.ToString();
    }

    private static void Add(StringBuilder text, string name, string type, string help, double value) => text.Append(
        CultureInfo.InvariantCulture, $"# HELP edgecnn_{name} {help}\n# TYPE edgecnn_{name} {type}\nedgecnn_{name} {value:0.###}\n");

    private static string Escape(string label) => label.Replace("\\", "\\\\", System.StringComparison.Ordinal)
        .Replace("\"", "\\\"", System.StringComparison.Ordinal).Replace("\n", "\\n", System.StringComparison.Ordinal);
}
