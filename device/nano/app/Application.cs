using System.Threading;
using EdgeCnn.Board;

namespace EdgeCnn.Device;

/// <summary>
/// Classifies what the sensor sees, and answers the line. Both need the same RAM, so they take turns: the first byte on the line ends
/// classifying, and when the line has been idle for a while, classifying goes on, with the model that runs then.
/// </summary>
public sealed class Application
{
    private const int PauseMilliseconds = 5;

    private readonly Settings _settings;
    private readonly BoardFiles _files;
    private readonly BoardMemory _memory;
    private readonly FilePlatform _platform;
    private readonly ILine _line;
    private readonly Classifier _classifier;
    private readonly byte[] _received = new byte[256];
    private bool _isServing;
    private int _idle;

    /// <summary>Starts: takes all RAM, finds the model that runs and what it had learned.</summary>
    public Application(Settings settings, ISensor sensor, ILine line, LabelPins pins, Buttons buttons)
    {
        _settings = settings;
        _line = line;
        _files = new BoardFiles(settings.Files);
        _memory = new BoardMemory(_files, settings);
        _platform = new FilePlatform(_files, _memory, line, settings.BlockBytes);
        _classifier = new Classifier(_memory, sensor, pins, buttons, new LabelFilter(settings.Frames));
        CurrentPlatform.Value = _platform;
        Boot.Start(_memory.Board);
        Open();
    }

    /// <summary>A frame, or what has come over the line.</summary>
    /// <returns>Whether the board is to start again.</returns>
    public bool Turn()
    {
        int count = _line.Receive(_received);
        if (count > 0) return Serve(count);
        if (_isServing) return Wait();
        if (_classifier.Turn()) Thread.Sleep(_settings.FrameMilliseconds);
        else Thread.Sleep(PauseMilliseconds);
        return false;
    }

    private bool Serve(int count)
    {
        _isServing = true;
        _idle = 0;
        _classifier.Close();
        for (int i = 0; i < count; i++)
            if (Link.Receive(_memory.Board, _received[i])) return true;
        return false;
    }

    /// <summary>Waits for the host, or goes on classifying. A model that came meanwhile and wants more memory than there was for the one
    /// before gets it by a new start.</summary>
    private bool Wait()
    {
        Thread.Sleep(PauseMilliseconds);
        _idle += PauseMilliseconds;
        if (_idle < _settings.IdleMilliseconds) return false;
        _isServing = false;
        return !Open() && BoardState.Get(_memory.Board, BoardState.ActiveAt) != BoardState.NoSlot;
    }

    /// <summary>Opens the model that runs; where it is larger than a slot in RAM, so that the protocol says that none does, the first file
    /// that runs in a window.</summary>
    private bool Open()
    {
        _platform.ReleaseSlot();
        int active = BoardState.Get(_memory.Board, BoardState.ActiveAt);
        if (active != BoardState.NoSlot) return _classifier.Open(_files.Area(active));
        if (!_classifier.Open(_files.Area(0)) && !_classifier.Open(_files.Area(1))) return false;
        _classifier.Restore();
        return true;
    }
}
