using System;
using System.Globalization;
using EdgeCnn.Trainer.Recipes;
using EdgeCnn.Trainer.Schedules;
using EdgeCnn.Trainer.Training;
using Spectre.Console;

namespace EdgeCnn.Cli.Training;

/// <summary>
/// Shows a training while it runs: a line for every epoch, and on a terminal a bar with the numbers of the moment below them.
/// </summary>
internal sealed class TrainingDisplay : IProgress<TrainingProgress>
{
    /// <summary>Leaves room for the numbers on a terminal of 80 columns.</summary>
    private const int BarWidth = 12;

    private readonly IAnsiConsole _console;
    private readonly Schedule _schedule;
    private readonly ProgressTask? _bar;

    private TrainingDisplay(IAnsiConsole console, Schedule schedule, ProgressTask? bar) =>
        (_console, _schedule, _bar) = (console, schedule, bar);

    /// <summary>Runs a training with a display on <paramref name="console"/>.</summary>
    /// <param name="console">Where.</param>
    /// <param name="recipe">Its recipe.</param>
    /// <param name="epochs">Passes over the images.</param>
    /// <param name="factor">What the schedule's rates are multiplied by.</param>
    /// <param name="train">The training.</param>
    public static TResult Show<TResult>(
        IAnsiConsole console, Recipe recipe, int epochs, double factor, Func<IProgress<TrainingProgress>, TResult> train)
    {
        Schedule schedule = new ScaledRate(recipe.CreateSchedule(), factor);
        if (!console.Profile.Out.IsTerminal)
            return train(new TrainingDisplay(console, schedule, null));
        return console.Progress()
            .AutoClear(true)
            .Columns(
                new ProgressBarColumn { Width = BarWidth }, new RemainingTimeColumn(), new TaskDescriptionColumn { Alignment = Justify.Left })
            .Start(context =>
            {
                ProgressTask bar = context.AddTask($"training {Markup.Escape(recipe.Name)}", maxValue: epochs);
                return train(new TrainingDisplay(console, schedule, bar));
            });
    }

    /// <inheritdoc/>
    public void Report(TrainingProgress value)
    {
        double rate = _schedule.RateAt((value.Epoch - 1L) * value.Batches + value.Batch - 1, value.Batches, value.Epochs);
        if (_bar is not null)
        {
            _bar.Description = string.Create(
                CultureInfo.InvariantCulture,
                $"{value.Epoch}/{value.Epochs}  loss {value.Loss:f4}  acc {value.Accuracy:p1}  rate {rate:f4}  {value.SamplesPerSecond:n0}/s");
            _bar.Value = value.Epoch - 1 + (double)value.Batch / value.Batches;
        }
        if (value.EpochEnded)
            _console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"epoch {value.Epoch,2}/{value.Epochs}  loss {value.Loss:f4}  accuracy {value.Accuracy,7:p2}  rate {rate:f5}  "
                + $"{value.SamplesPerSecond,7:n0} images/s"));
    }
}
