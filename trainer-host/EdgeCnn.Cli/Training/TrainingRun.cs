using System;
using System.Collections.Generic;
using System.IO;
using EdgeCnn.Cli.Files;
using EdgeCnn.Cli.Live;
using EdgeCnn.Cli.Terminal;
using EdgeCnn.Trainer.Data;
using EdgeCnn.Trainer.Quantization.Aware;
using EdgeCnn.Trainer.Recipes;
using EdgeCnn.Trainer.Training;

namespace EdgeCnn.Cli.Training;

/// <summary>One training of a recipe's network, watched, with the files that it keeps meanwhile.</summary>
internal sealed class TrainingRun : IDisposable
{
    private readonly BuildRequest _request;
    private readonly Session _session;
    private readonly DataSplit _data;
    private readonly TrainingLoop<float> _loop;
    private readonly TrainingFiles? _files;
    private readonly OutputFolder _folder;
    private readonly int _epochs;

    public TrainingRun(BuildRequest request, Network<float> network, DataSplit data, OutputFolder folder, Session session)
    {
        (_request, _session, _data, _folder) = (request, session, data, folder);
        Recipe recipe = request.Recipe;
        _epochs = request.Epochs ?? recipe.Epochs;
        ulong seed = request.Seed ?? recipe.Seed;
        _loop = new TrainingLoop<float>(
            network, recipe.CreateLoss<float>(), recipe.CreateOptimizer<float>(), recipe.CreateSchedule(), recipe.Normalization,
            new TrainingSettings(Math.Min(recipe.Batch, data.Train.Count), _epochs, seed, recipe.StopAtLoss, request.Threads)
            {
                Augmenter = recipe.CreateAugmenter(seed),
                Regularization = recipe.Regularization,
                StopRules = recipe.CreateStopRules(),
            })
        {
            Validation = data.Validation,
        };
        if (request.CheckpointInterval is { } interval)
            _files = new TrainingFiles(folder, _loop, TrainingOrigin.Of(recipe, data, _epochs, seed), interval);
    }

    /// <summary>How the epochs went.</summary>
    public IReadOnlyList<EpochResult> History => _loop.History;

    /// <summary>Trains, or goes on with the training that was interrupted.</summary>
    public TrainingResult Train()
    {
        _files?.Begin(_request.Interrupted);
        var feed = new LiveFeed();
        using LiveServer? server = Serve(feed);
        try
        {
            TrainingResult result = TrainingDisplay.Show(
                _session.Messages, _request.Recipe.Name, _epochs,
                display => Train(_files is null ? [display, feed] : [display, feed, _files]));
            feed.End("The training is done.");
            return result;
        }
        catch (OperationCanceledException) when (_files is not null)
        {
            _files.Save();
            feed.End("The training was interrupted.");
            throw new InterruptedException(_files.Kept);
        }
        catch (TrainingException)
        {
            // It would come to this again.
            _files?.Delete();
            feed.End("The training failed.");
            throw;
        }
    }

    /// <summary>
    /// Goes on with quantization-aware training, from where it was interrupted if it was.
    /// </summary>
    /// <param name="recipe">The recipe, or that of the second model.</param>
    /// <param name="network">The trained network, which changes.</param>
    /// <param name="aware">The recipe's quantization-aware training.</param>
    /// <returns>The ranges that it learned.</returns>
    public IReadOnlyList<(double Min, double Max)> TrainAware(Recipe recipe, Network<float> network, AwareRecipe aware)
    {
        TrainingFiles? files = null;
        try
        {
            return TrainingDisplay.Show(
                _session.Messages, $"{recipe.Name}, quantization-aware", aware.Epochs,
                display => TrainAware(recipe, network, aware, display, kept => files = kept));
        }
        catch (OperationCanceledException) when (files is not null)
        {
            files.Save();
            throw new InterruptedException(files.Kept);
        }
        catch (TrainingException)
        {
            Discard();
            throw;
        }
    }

    /// <summary>Ends the command if the user wants it; the training is kept.</summary>
    public void ThrowIfInterrupted()
    {
        if (_session.Cancellation.IsCancellationRequested)
            throw _files is null ? new OperationCanceledException() : new InterruptedException(_files.Kept);
    }

    /// <summary>To be called when the model was written: writes the log and removes the checkpoint.</summary>
    public void Finish()
    {
        RunLog.Save(_folder.File(TrainingFiles.LogFile), _loop.History);
        _files?.Delete();
    }

    /// <summary>Removes checkpoint and log of a training whose model is refused: to go on would come to the same.</summary>
    public void Discard()
    {
        _files?.Delete();
        File.Delete(_folder.File(TrainingFiles.LogFile));
    }

    public void Dispose() => _loop.Dispose();

    private IReadOnlyList<(double Min, double Max)> TrainAware(
        Recipe recipe, Network<float> network, AwareRecipe aware, ITrainingWatcher display, Action<TrainingFiles> kept)
    {
        List<ITrainingWatcher> watchers = [display];
        ulong seed = _request.Seed ?? recipe.Seed;
        return AwareTraining.Run(
            recipe, network, _data.Train, seed, _request.Threads, new All(watchers),
            epoch => watchers.ForEach(watcher => watcher.EpochEnded(epoch)), Begin, _session.Cancellation);

        void Begin(TrainingLoop<float> loop)
        {
            if (_request.CheckpointInterval is not { } interval)
                return;
            string file = recipe == _request.Recipe ? TrainingFiles.AwareCheckpointFile : TrainingFiles.Int4CheckpointFile;
            var files = new TrainingFiles(_folder, loop, TrainingOrigin.Of(recipe, _data, aware.Epochs, seed), interval, file);
            files.Begin(_request.Interrupted);
            watchers.Add(files);
            kept(files);
        }
    }

    private LiveServer? Serve(LiveFeed feed)
    {
        if (_request.Port is not { } port)
            return null;
        feed.Begin(_loop.History);
        var server = LiveServer.Start(_request.Recipe.Name, feed, port);
        _session.Messages.Profile.Out.Writer.WriteLine($"live page: {server.Address}");
        return server;
    }

    private TrainingResult Train(ITrainingWatcher[] watchers)
    {
        _loop.EpochEnded = epoch => Array.ForEach(watchers, watcher => watcher.EpochEnded(epoch));
        return _loop.Run(_data.Train, new All(watchers), _session.Cancellation);
    }

    private sealed class All(IReadOnlyList<ITrainingWatcher> watchers) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            foreach (ITrainingWatcher watcher in watchers)
                watcher.Report(value);
        }
    }
}
