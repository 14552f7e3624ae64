using System;

namespace EdgeCnn.Device;

/// <summary>One run of the program: model, frames, lines, lessons.</summary>
internal unsafe struct Session
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

    /// <summary>Does what the options say.</summary>
    /// <returns>The exit code.</returns>
    internal int Run()
    {
        if (Options.Teach >= 0 && Options.Deltas == null) return Complain("--teach"u8, "give --deltas, where to keep what is learned"u8, 2);
        if (!OpenModel()) return 1;
        if (Options.Deltas != null && Fails(Options.Deltas, _teacher.Open(_model, _model, _arena, Options.Deltas), _teacher.Error)) return 1;
        if (Options.Undoes) return Undo();
        if (!OpenFrames() || !OpenLines()) return 1;
        if (Fails(Options.Model, _classifier.Open(_model, _arena, Options.Deltas != null, _shape, !Options.Squeezes), Pages.LastError)) return 1;
        _smoothing.Start(_classifier.Labels, Options.Smooth, Options.Enter << 8, Options.Leave << 8);
        if (Options.Keep != null && (_keep = LibC.Open(Options.Keep, LibC.WriteOnly | LibC.Create | LibC.Truncate, 0x1A4)) < 0)
            return Fails(Options.Keep, Fault.CannotWrite, LibC.Errno) ? 1 : 0;
        Line.Add("ready after "u8);
        Line.Add(Waiting.Microseconds() - Begun);
        Line.Add(" us: "u8);
        Line.Add(_shape.Width);
        Line.Add(" x "u8);
        Line.Add(_shape.Height);
        Line.Add(", format "u8);
        Line.Add(_shape.Format);
        Line.Add(_shape.IsFullRange ? ", full range"u8 : ", limited range"u8);
        Line.Write(1);
        int code = Loop();
        _camera.Close();
        return code;
    }

    private bool OpenModel()
    {
        int bytes, where = 0;
        _model = Pages.Load(Options.Model, &bytes);
        if (_model == null) return !Fails(Options.Model, Fault.CannotRead, Pages.LastError);
        ModelError error = ModelCheck.Verify(_model, bytes, int.MaxValue, ref where);
        if (error != ModelError.None)
        {
            Line.Add("edgecnn-camera: "u8);
            Line.Add(Options.Model);
            Line.Add(": refused with error "u8);
            Line.Add((int)error);
            Line.Add(" at byte "u8);
            Line.Add(where);
            Line.Add(" (ModelError); make it again, or copy it again"u8);
            Line.Write(2);
            return false;
        }
        bool learns = Options.Deltas != null && LearnFile.Exists(_model);
        _arena = Pages.Allocate(ModelFile.ArenaBytes(_model) + (learns ? ModelFile.LearningBytes(_model) : 0));
        return _arena != null || !Fails(Options.Model, Fault.NoMemory, Pages.LastError);
    }

    private bool OpenFrames()
    {
        if (Options.Frames == null)
        {
            // A literal stays where it is.
            fixed (byte* first = "/dev/video0"u8) _source = Options.Camera != null ? Options.Camera : first;
            if (Fails(_source, _camera.Open(_source, Options.Width, Options.Height, Options.Format), _camera.Error)) return false;
            _shape = _camera.Shape;
            return true;
        }
        _source = Options.Frames;
        int format = Options.Format == 0 ? PixelFormat.Yuyv : Options.Format;
        _shape = new FrameShape(format, Options.Width, Options.Height, 0, Options.IsFullRange);
        bool isInput = Options.Frames[0] == '-' && Options.Frames[1] == 0;
        int file = isInput ? 0 : LibC.Open(Options.Frames, LibC.ReadOnly | LibC.CloseOnExec, 0);
        if (file < 0) return !Fails(Options.Frames, Fault.CannotRead, LibC.Errno);
        return !Fails(Options.Frames, _pipe.Open(file, _shape), Pages.LastError);
    }

    private bool OpenLines()
    {
        fixed (byte* first = "pinctrl-"u8)
        fixed (int* lines = Options.Outputs)
        {
            byte* chip = Options.Chip != null ? Options.Chip : first;
            if (Options.OutputCount > 0 && Fails(chip, _outputs.Open(chip, lines, Options.OutputCount), _outputs.Error)) return false;
            return Options.Button < 0 || !Fails(chip, _button.Open(chip, Options.Button, true, Options.Debounce), _button.Error);
        }
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
        Line.Add("frames "u8);
        Line.Add(_frames);
        Line.Add(" dropped "u8);
        Line.Add(_camera.Dropped);
        Line.Add(" latency mean "u8);
        Line.Add(_frames == 0 ? 0 : _total / _frames);
        Line.Add(" us, longest "u8);
        Line.Add(_longest);
        Line.Add(" us"u8);
        Line.Write(1);
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
        Line.Add("frame "u8);
        Line.Add(_frames);
        Line.Add(" input "u8);
        Line.AddHash(hash);
        Line.Add(" label "u8);
        Line.Add(label);
        Line.Add(" score "u8);
        Line.Add(score);
        Line.Add(" shown "u8);
        Line.Add(shown);
        Line.Add(" latency "u8);
        Line.Add(latency);
        Line.Add(" us"u8);
        // Nobody who reads: the end, not an error.
        if (!Line.Write(1)) Options.Count = _frames + 1;
        return Options.Teach < 0 || !IsLesson() || Teach(frame);
    }

    private bool IsLesson()
    {
        int pressed = 0;
        if (Options.Button >= 0 && Fails(Options.Chip, _button.Next(0, &pressed), _button.Error)) return false;
        return pressed > 0 || _frames == Options.At;
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

    private bool SayLessons()
    {
        Line.Add(", delta "u8);
        Line.Add(_teacher.Newest);
        Line.Add(" weights "u8);
        Line.AddHash(Learner.Hash(_model, _arena));
        return Line.Write(1);
    }

    /// <summary>Says what went wrong; false when nothing did.</summary>
    private bool Fails(byte* where, Fault fault, int error)
    {
        if (fault == Fault.None) return false;
        Line.Add("edgecnn-camera: "u8);
        if (where != null)
        {
            Line.Add(where);
            Line.Add(": "u8);
        }
        Line.Add(Faults.Text(fault));
        if (error != 0)
        {
            Line.Add(" (errno "u8);
            Line.Add(error);
            Line.Add(")"u8);
        }
        Line.Write(2);
        return true;
    }

    private int Complain(ReadOnlySpan<byte> where, ReadOnlySpan<byte> what, int code)
    {
        Line.Add("edgecnn-camera: "u8);
        Line.Add(where);
        Line.Add(": "u8);
        Line.Add(what);
        Line.Write(2);
        return code;
    }
}
