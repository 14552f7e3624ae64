using System;
using System.Globalization;
using EdgeCnn.Trainer.Training;
using Spectre.Console;

namespace EdgeCnn.Cli.Training;

/// <summary>
/// Shows a training while it runs: a line for every epoch, and on a terminal a bar with the numbers of the moment below them.
/// </summary>
internal sealed class TrainingDisplay : ITrainingWatcher
{
    /// <summary>Leaves room for the numbers on a terminal of 80 columns.</summary>
    private const int BarWidth = 12;

    private readonly IAnsiConsole _console;
    private readonly ProgressTask? _bar;
    private TrainingProgress _last;

    private TrainingDisplay(IAnsiConsole console, ProgressTask? bar) => (_console, _bar) = (console, bar);

    /// <summary>Runs a training with a display on <paramref name="console"/>.</summary>
    public static TResult Show<TResult>(IAnsiConsole console, string name, int epochs, Func<ITrainingWatcher, TResult> train)
    {
        if (!console.Profile.Out.IsTerminal)
            return train(new TrainingDisplay(console, null));
        return console.Progress()
            .AutoClear(true)
            .Columns(new ProgressBarColumn { Width = BarWidth }, new TaskDescriptionColumn { Alignment = Justify.Left })
            .Start(context => train(new TrainingDisplay(console, context.AddTask($"training {Markup.Escape(name)}", maxValue: epochs))));
    }

    /// <inheritdoc/>
    public void Report(TrainingProgress value)
    {
        _last = value;
        if (_bar is null)
            return;
        _bar.Description = string.Create(
            CultureInfo.InvariantCulture,
            $"{value.TimeLeftText}  {value.Epoch}/{value.Epochs}  loss {value.Loss:f4}  acc {value.Accuracy:p1}  rate {value.Rate:f4}  "
            + $"{value.SamplesPerSecond:n0}/s");
        _bar.Value = value.Epoch - 1 + (double)value.Batch / value.Batches;
    }

    /// <inheritdoc/>
    public void EpochEnded(EpochResult epoch)
    {
        string validation = epoch is { ValidationLoss: { } loss, ValidationAccuracy: { } accuracy }
            ? string.Create(CultureInfo.InvariantCulture, $"  validation {loss:f4} {accuracy,7:p2}")
            : "";
        // The speed is not known when the epoch's last mini-batch was done by another process.
        string speed = _last.Epoch == epoch.Epoch
            ? string.Create(CultureInfo.InvariantCulture, $"  {_last.SamplesPerSecond,7:n0} images/s")
            : "";
        _console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"epoch {epoch.Epoch,2}/{_last.Epochs}  loss {epoch.Loss:f4}  accuracy {epoch.Accuracy,7:p2}{validation}  "
            + $"rate {epoch.Rate:f5}{speed}"));
    }
}
