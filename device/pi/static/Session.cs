using System;

namespace EdgeCnn.Device;

/// <summary>One run of the program: model, frames, lines, lessons.</summary>
internal unsafe partial struct Session
{
    internal Options Options;
    internal Line Line;

    /// <summary>When the program began, in microseconds.</summary>
    internal long Begun;

    private Classifier _classifier;
    private Smoothing _smoothing;
    private Teacher _teacher;
    private V4l2Camera _camera;
    private FramePipe _pipe;
    private GpioOutputs _outputs;
    private GpioButton _button;
    private byte* _model;
    private byte* _arena;
    private byte* _source;
    private FrameShape _shape;
    private int _keep, _frames;
    private long _total, _longest;

    private bool Learns => Options.Deltas != null;

    /// <summary>Does what the options say.</summary>
    /// <returns>The exit code.</returns>
    internal int Run()
    {
        if (Options.Teach >= 0 && Options.Deltas == null) return Complain("--teach"u8, "give --deltas, where to keep what is learned"u8, 2);
        if (!OpenModel()) return 1;
        if (Options.Undoes) return Undo();
        if (!OpenFrames() || !OpenLines() || !OpenClassifier()) return 1;
        SayReady();
        int code = Loop();
        _camera.Close();
        return code;
    }

    private int Loop()
    {
        for (; _frames != Options.Count; _frames++)
        {
            byte* frame;
            Fault fault = Options.Frames != null ? _pipe.Next(&frame) : _camera.Next(5000, &frame);
            if (fault == Fault.EndOfFrames) break;
            if (Fails(_source, fault, Options.Frames != null ? _pipe.Error : _camera.Error)) return 1;
            long start = Options.Frames != null ? Waiting.Microseconds() : _camera.Microseconds;
            if (_keep > 0 && LibC.WriteAll(_keep, frame, _shape.FrameBytes) is int error and not 0)
                return Fails(Options.Keep, Errno.OfWriting(error), error) ? 1 : 0;
            if (!Classify(frame, start)) return 1;
        }
        SayFrames();
        return 0;
    }

    private bool Classify(byte* frame, long start)
    {
        _classifier.Prepare(frame);
        ulong hash = _classifier.InputHash();
        int label = _classifier.Run(), score = _classifier.Score(label), shown;
        fixed (Classifier* classifier = &_classifier) shown = _smoothing.Add(classifier);
        ulong lines = (uint)shown < (uint)Options.OutputCount ? 1ul << shown : 0;
        if (Options.OutputCount > 0 && Fails(Options.Chip, _outputs.Set(lines), _outputs.Error)) return false;
        long latency = Waiting.Microseconds() - start;
        _total += latency;
        if (latency > _longest) _longest = latency;
        // Nobody who reads: the end, not an error.
        if (!SayFrame(hash, label, score, shown, latency)) Options.Count = _frames + 1;
        int pressed = 0;
        if (Options.Button >= 0 && Fails(Options.Chip, _button.Next(0, &pressed), _button.Error)) return false;
        bool isLesson = Options.Teach >= 0 && (pressed > 0 || _frames == Options.At);
        return !isLesson || Teach(frame);
    }

    private bool Teach(byte* frame)
    {
        _classifier.Prepare(frame);
        if (Fails(Options.Deltas, _teacher.Learn(Options.Teach), 0) || Fails(Options.Deltas, _teacher.Save(), _teacher.Error)) return false;
        Line.Add("learned frame "u8);
        Line.Add(_frames);
        Line.Add(" as "u8);
        Line.Add(Options.Teach);
        return SayLessons();
    }

    private int Undo()
    {
        if (Options.Deltas == null) return Complain("--undo"u8, "give --deltas, where what was learned is kept"u8, 2);
        if (Fails(Options.Deltas, _teacher.Undo(), _teacher.Error)) return 1;
        Line.Add("took a lesson back"u8);
        return SayLessons() ? 0 : 1;
    }
}
