namespace EdgeCnn.Device;

/// <summary>What a run opens: model, frames, lines. Each function is false after it has said what is wrong.</summary>
internal unsafe partial struct Session
{
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
        _arena = Pages.Allocate(ModelFile.ArenaBytes(_model) + (LearnFile.Exists(_model) ? ModelFile.LearningBytes(_model) : 0));
        if (_arena == null) return !Fails(Options.Model, Fault.NoMemory, Pages.LastError);
        return !Learns || !Fails(Options.Deltas, _teacher.Open(_model, _model, _arena, Options.Deltas), _teacher.Error);
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

    private bool OpenClassifier()
    {
        if (Fails(Options.Model, _classifier.Open(_model, _arena, Learns, _shape, !Options.Squeezes), Pages.LastError)) return false;
        _smoothing.Start(_classifier.Labels, Options.Smooth, Options.Enter << 8, Options.Leave << 8);
        if (Options.Keep == null) return true;
        _keep = LibC.Open(Options.Keep, LibC.WriteOnly | LibC.Create | LibC.Truncate, LibC.NewFile);
        return _keep >= 0 || !Fails(Options.Keep, Fault.CannotWrite, LibC.Errno);
    }
}
