using System;
using System.Diagnostics;
using System.IO;
using EdgeCnn.Cli.Files;
using EdgeCnn.Cli.Terminal;
using EdgeCnn.Managed;
using EdgeCnn.Trainer;
using EdgeCnn.Trainer.Training;

namespace EdgeCnn.Cli.Training;

/// <summary>What to do with the checkpoint of an interrupted training.</summary>
internal enum Interrupted
{
    /// <summary>Refuse to begin, so that no work is lost unasked.</summary>
    Refuse,

    /// <summary>Go on with it.</summary>
    Resume,

    /// <summary>Begin again.</summary>
    Restart,
}

/// <summary>The files that a training keeps while it runs: the log after every epoch, the checkpoint then and every few seconds.</summary>
internal sealed class TrainingFiles : ITrainingWatcher
{
    /// <summary>Name of the log.</summary>
    public const string LogFile = "run.jsonl";

    /// <summary>Name of the checkpoint.</summary>
    public const string CheckpointFile = "checkpoint";

    /// <summary>Name of the checkpoint of quantization-aware training, which stands beside that of the training before it.</summary>
    public const string AwareCheckpointFile = "checkpoint.aware";

    private readonly OutputFolder _folder;
    private readonly TrainingLoop<float> _loop;
    private readonly TrainingOrigin _origin;
    private readonly TimeSpan _interval;
    private readonly bool _isAware;
    private readonly Stopwatch _sinceSaved = Stopwatch.StartNew();

    public TrainingFiles(OutputFolder folder, TrainingLoop<float> loop, TrainingOrigin origin, TimeSpan interval, bool isAware = false) =>
        (_folder, _loop, _origin, _interval, _isAware) = (folder, loop, origin, interval, isAware);

    private string Path => _folder.File(_isAware ? AwareCheckpointFile : CheckpointFile);

    /// <summary>Refuses, before long work starts, what <see cref="Begin"/> would refuse.</summary>
    public static void Check(OutputFolder folder, Interrupted interrupted)
    {
        string path = folder.File(CheckpointFile);
        if (File.Exists(path))
        {
            if (interrupted == Interrupted.Refuse)
                throw new RefusedException($"{path}: {Found(path)} is here; --resume goes on with it, --restart begins again");
        }
        else if (interrupted == Interrupted.Resume)
            throw new RefusedException($"{path}: there is no checkpoint to go on from; leave out --resume to begin");
    }

    /// <summary>Brings the training to where its checkpoint was, if it shall go on.</summary>
    public void Begin(Interrupted interrupted)
    {
        AtomicFile.RemoveLeftovers(Path);
        if (!_isAware)
            AtomicFile.RemoveLeftovers(_folder.File(LogFile));
        // An interruption before the quantization-aware part leaves none of that.
        if (interrupted == Interrupted.Resume && (!_isAware || File.Exists(Path)))
            Checkpoint.Restore(Path, _loop, _origin);
        else if (!_isAware && File.Exists(_folder.File(AwareCheckpointFile)))
            File.Delete(_folder.File(AwareCheckpointFile));
    }

    public void Report(TrainingProgress value)
    {
        if (_sinceSaved.Elapsed >= _interval)
            Save();
    }

    public void EpochEnded(EpochResult epoch)
    {
        Save();
        if (!_isAware)
            RunLog.Save(_folder.File(LogFile), _loop.History);
    }

    /// <summary>Writes the checkpoint.</summary>
    public void Save()
    {
        _folder.Create();
        Checkpoint.Save(Path, _loop, _origin);
        _sinceSaved.Restart();
    }

    /// <summary>Removes the checkpoint, which nobody needs any more.</summary>
    public void Delete() => File.Delete(Path);

    /// <summary>What the user reads after an interruption.</summary>
    public string Kept =>
        $"interrupted; {Path} keeps {Place(_loop.Position, _origin)}; the same command with --resume goes on from there";

    private static string Found(string path)
    {
        try
        {
            (TrainingOrigin origin, TrainingPosition position) = Checkpoint.Read(path);
            return $"an interrupted training, {Place(position, origin)},";
        }
        catch (InvalidDataException)
        {
            return "something";
        }
    }

    private static string Place(TrainingPosition position, TrainingOrigin origin) => position.Stopped || position.Epoch > origin.Epochs
        ? "all epochs"
        : $"epoch {position.Epoch} of {origin.Epochs}, mini-batch {position.Batch}";
}
