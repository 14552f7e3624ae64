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

    /// <summary>Names of the checkpoints of quantization-aware training, that of a second model behind; they stand beside that of the
    /// training before.</summary>
    public const string AwareCheckpointFile = "checkpoint.aware", Int4CheckpointFile = "checkpoint.int4";

    private readonly OutputFolder _folder;
    private readonly TrainingLoop<float> _loop;
    private readonly TrainingOrigin _origin;
    private readonly TimeSpan _interval;
    private readonly string _file;
    private readonly Stopwatch _sinceSaved = Stopwatch.StartNew();

    public TrainingFiles(
        OutputFolder folder, TrainingLoop<float> loop, TrainingOrigin origin, TimeSpan interval, string file = CheckpointFile) =>
        (_folder, _loop, _origin, _interval, _file) = (folder, loop, origin, interval, file);

    private bool IsAware => _file != CheckpointFile;

    private string Path => _folder.File(_file);

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
        if (!IsAware)
            AtomicFile.RemoveLeftovers(_folder.File(LogFile));
        // An interruption before a quantization-aware part leaves none of that.
        if (interrupted == Interrupted.Resume && (!IsAware || File.Exists(Path)))
            Checkpoint.Restore(Path, _loop, _origin);
        else if (!IsAware)
            DeleteAware(_folder);
    }

    public void Report(TrainingProgress value)
    {
        if (_sinceSaved.Elapsed >= _interval)
            Save();
    }

    public void EpochEnded(EpochResult epoch)
    {
        Save();
        if (!IsAware)
            RunLog.Save(_folder.File(LogFile), _loop.History);
    }

    /// <summary>Writes the checkpoint.</summary>
    public void Save()
    {
        _folder.Create();
        Checkpoint.Save(Path, _loop, _origin);
        _sinceSaved.Restart();
    }

    /// <summary>Removes the checkpoint and those behind it, which nobody needs any more.</summary>
    public void Delete()
    {
        DeleteAware(_folder);
        File.Delete(Path);
    }

    /// <summary>What the user reads after an interruption.</summary>
    public string Kept =>
        $"interrupted; {Path} keeps {Place(_loop.Position, _origin)}; the same command with --resume goes on from there";

    private static void DeleteAware(OutputFolder folder)
    {
        foreach (string file in (string[])[AwareCheckpointFile, Int4CheckpointFile])
        {
            if (File.Exists(folder.File(file)))
                File.Delete(folder.File(file));
        }
    }

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
