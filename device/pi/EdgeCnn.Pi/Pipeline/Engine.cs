using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using EdgeCnn.Device;
using EdgeCnn.Managed;
using EdgeCnn.Pi.Frames;
using EdgeCnn.Pi.Settings;

namespace EdgeCnn.Pi.Pipeline;

/// <summary>
/// A model at work on frames: picture, model, steady label, learning. For one thread at a time. Allocates when frames change their shape,
/// else nothing.
/// </summary>
internal sealed unsafe class Engine : IDisposable
{
    private readonly EdgeModel _model;
    private readonly AnswerSettings _answer;
    private readonly Classifier* _classifier;
    private readonly Smoothing* _smoothing;
    private readonly SoundSettings _sound;
    private FrameShape _shape;
    private bool _isOpen;

    private Engine(EdgeModel model, AnswerSettings answer, SoundSettings sound)
    {
        (_model, _answer, _sound) = (model, answer, sound);
        TensorInfo output = model.Outputs[0];
        Labels = output.Labels.Count > 0
            ? output.Labels
            : [.. Enumerable.Range(0, output.Elements).Select(label => label.ToString(CultureInfo.InvariantCulture))];
        CanLearn = model.Info.LearningBytes > 0;
        _classifier = Zeroed<Classifier>();
        _smoothing = Zeroed<Smoothing>();
        Forget();
    }

    /// <summary>Names of the classes, numbers where the model has no names.</summary>
    public IReadOnlyList<string> Labels { get; }

    /// <summary>First 16 bytes of the hash of the model's content, as 32 hexadecimal digits.</summary>
    public string ModelId => _model.Info.ModelId;

    /// <summary>Whether the model can be taught.</summary>
    public bool CanLearn { get; }

    /// <summary>The model.</summary>
    public EdgeModel Model => _model;

    /// <summary>Samples per second of the sounds that it takes; 0 where it takes pictures.</summary>
    public int SampleRate => _model.Inputs[0].SoundRate;

    /// <summary>Opens a model that takes pictures, or sounds, and gives one score to each label.</summary>
    /// <param name="bytes">The model file.</param>
    /// <param name="source">What to call it.</param>
    /// <param name="answer">How the scores become a label.</param>
    /// <param name="sound">Whether frames are pictures or sounds, and how loud a word is; null: pictures.</param>
    /// <exception cref="InvalidDataException">It is not such a model; the message says why.</exception>
    public static Engine Open(ReadOnlySpan<byte> bytes, string source, AnswerSettings answer, SoundSettings? sound = null)
    {
        EdgeModel model = OpenModel(bytes, source);
        Engine? engine = null;
        try
        {
            sound ??= new SoundSettings();
            if (Unfit(model, sound) is { } reason) throw new InvalidDataException($"{source}: {reason}");
            engine = new Engine(model, answer, sound);
            // A model that takes no such frames is refused here, not at the first one.
            if (sound.IsOn) engine.PrepareSound();
            else engine.Prepare(new FrameShape(PixelFormat.Gray, 64, 64));
            return engine;
        }
        catch
        {
            if (engine is null) model.Dispose();
            else engine.Dispose();
            throw;
        }
    }

    /// <summary>Classifies a frame.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="reading">Receives labels and scores.</param>
    public void Classify(Frame frame, Reading reading)
    {
        frame.IsQuiet = frame.SampleRate > 0 && !HoldsWord(frame);
        if (!frame.IsQuiet) Put(frame);
        reading.Best = frame.IsQuiet ? Reading.None : _classifier->Run();
        reading.Label = frame.IsQuiet ? _smoothing->AddNothing() : _smoothing->Add(_classifier);
        reading.Begin(this);
        for (int i = 0; i < Labels.Count; i++)
        {
            reading.Scores[i] = frame.IsQuiet ? (byte)0 : (byte)_classifier->Score(i);
            reading.Means[i] = _smoothing->Mean(i);
        }
    }

    /// <summary>Puts a frame into the model's input.</summary>
    public void Put(Frame frame)
    {
        if (frame.SampleRate > 0)
        {
            fixed (short* samples = Heard(frame)) _classifier->Prepare((byte*)samples);
            return;
        }
        if (!_isOpen || !IsSame(frame.Shape, _shape)) Prepare(frame.Shape);
        fixed (byte* pixels = frame.Pixels) _classifier->Prepare(pixels);
    }

    /// <summary>Forgets the frames that the steady label came from.</summary>
    public void Forget() => _smoothing->Start(
        Labels.Count, _answer.SmoothingShift, Share(_answer.EnterPercent), Share(_answer.LeavePercent));

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_isOpen) _classifier->Close();
        NativeMemory.Free(_classifier);
        NativeMemory.Free(_smoothing);
        _model.Dispose();
    }

    /// <summary>Opens a model so that it learns, if it can.</summary>
    private static EdgeModel OpenModel(ReadOnlySpan<byte> bytes, string source)
    {
        try
        {
            EdgeModel model = EdgeModel.Open(bytes);
            if (model.Info.LearningBytes == 0) return model;
            model.Dispose();
            return EdgeModel.Open(bytes, new ModelOptions { Learns = true });
        }
        catch (ModelException refused)
        {
            throw new InvalidDataException($"{source}: {ModelException.Describe(refused.Error)} (byte 0x{refused.Where:x})");
        }
    }

    /// <summary>Why a model is none for a camera; null when it is one.</summary>
    private static string? Unfit(EdgeModel model, SoundSettings sound)
    {
        TensorInfo output = model.Outputs[0];
        bool isScores = output.Type is ElementType.Int8 or ElementType.UInt8 && output.Elements is >= 1 and <= Smoothing.MaxLabels;
        bool hears = model.Inputs[0].SoundSamples > 0;
        return hears && !sound.IsOn ? "it listens to sound; a camera needs a model for pictures, or set Sound:Source"
            : sound.IsOn && !hears ? "it takes no sound; with Sound:Source set it takes a model that was trained on sounds"
            : isScores ? null
            : $"its output is {output.Elements} × {output.TypeName}; labels need up to {Smoothing.MaxLabels} scores of 8 bits";
    }

    private static T* Zeroed<T>()
        where T : unmanaged => (T*)NativeMemory.AllocZeroed(1, (nuint)sizeof(T));

    private static int Share(int percent) => (int)((long)percent * Smoothing.One / 100);

    /// <summary>Compares without boxes.</summary>
    private static bool IsSame(FrameShape a, FrameShape b) => a.Format == b.Format && a.Width == b.Width && a.Height == b.Height
        && a.RowBytes == b.RowBytes && a.IsFullRange == b.IsFullRange;

    private bool HoldsWord(Frame frame)
    {
        fixed (short* samples = Heard(frame)) return _classifier->HoldsWord(samples, _sound.Quiet);
    }

    /// <summary>The newest samples of a window, as many as the model takes.</summary>
    private Span<short> Heard(Frame frame)
    {
        int count = _model.Inputs[0].SoundSamples;
        if (frame.SampleRate != SampleRate)
            throw new InvalidDataException($"the sound has {frame.SampleRate} samples per second, the model takes {SampleRate}; "
                + $"set Sound:Rate to {SampleRate}");
        return frame.Samples.Length >= count
            ? frame.Samples[^count..]
            : throw new InvalidDataException($"the model takes {count} samples at once, a window has {frame.Samples.Length}; "
                + $"set Sound:WindowMilliseconds to {(count * 1000L + SampleRate - 1) / SampleRate} or more");
    }

    private void PrepareSound()
    {
        Fault fault = _classifier->Open(_model.ModelPointer, _model.ArenaPointer, CanLearn);
        if (fault != Fault.None) throw new InvalidDataException(fault.Words());
        _isOpen = true;
    }

    private void Prepare(FrameShape shape)
    {
        if (_isOpen) _classifier->Close();
        _isOpen = false;
        Fault fault = _classifier->Open(_model.ModelPointer, _model.ArenaPointer, CanLearn, shape);
        if (fault != Fault.None) throw new InvalidDataException($"{fault.Words()}");
        (_shape, _isOpen) = (shape, true);
    }
}
