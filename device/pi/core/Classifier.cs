namespace EdgeCnn.Device;

/// <summary>From a frame to a label: <see cref="Picture"/> or <see cref="Sound"/>, the model, the largest output. Allocates nothing per
/// frame.</summary>
public unsafe struct Classifier
{
    private Picture _picture;
    private Sound _sound;
    private byte* _model;
    private byte* _arena;
    private bool _learns, _hears;
    private int _output, _elements, _type, _hashed;

    /// <summary>Number of labels: elements of the first output.</summary>
    public readonly int Labels => _elements;

    /// <summary>What the last frame became.</summary>
    public readonly Picture Picture => _picture;

    /// <summary>Gets ready. The model and its arena belong to the caller, and outlive this.</summary>
    /// <param name="model">A checked model, lowered or not.</param>
    /// <param name="arena">Its arena; where it learns with <see cref="ModelFile.LearningBytes"/> behind it, after
    /// <see cref="Learner.Reset(byte*, byte*)"/>.</param>
    /// <param name="learns">Whether its weights move: it runs by <see cref="Learner.Run"/>.</param>
    /// <param name="shape">The frames.</param>
    /// <param name="crop">As of <see cref="Picture.Open"/>.</param>
    /// <returns>What <see cref="Picture.Open"/> says.</returns>
    public Fault Open(byte* model, byte* arena, bool learns, FrameShape shape, bool crop = true)
    {
        Begin(model, arena, learns, hears: false);
        return _picture.Open(model, 0, shape, crop);
    }

    /// <summary>Gets ready for windows of sound instead of pictures; the other parameters are the same.</summary>
    /// <returns>What <see cref="Sound.Open"/> says.</returns>
    public Fault Open(byte* model, byte* arena, bool learns)
    {
        Begin(model, arena, learns, hears: true);
        return _sound.Open(model, 0);
    }

    /// <summary>Puts a frame into the model's input, without running it.</summary>
    /// <param name="frame">A picture of the shape, or <see cref="Sound.Samples"/> of 16 bits.</param>
    public readonly void Prepare(byte* frame)
    {
        if (_hears) _sound.Into((short*)frame, _arena);
        else _picture.Into(frame, _arena);
    }

    /// <summary>Whether a window of sound is worth running: <see cref="Sound.HoldsWord"/>.</summary>
    public readonly bool HoldsWord(short* samples, int quiet) => _sound.HoldsWord(samples, quiet);

    /// <summary>Runs the model on the input; the input may be gone afterwards.</summary>
    /// <returns>The label with the largest score, the lowest in a tie.</returns>
    public readonly int Run()
    {
        if (_learns) Learner.Run(_model, _arena);
        else Interpreter.Run(_model, _arena);
        int best = 0;
        for (int i = 1; i < _elements; i++)
            if (Score(i) > Score(best)) best = i;
        return best;
    }

    /// <summary><see cref="Prepare"/> and <see cref="Run"/>.</summary>
    public readonly int Classify(byte* frame)
    {
        Prepare(frame);
        return Run();
    }

    /// <summary>Score of a label after <see cref="Run"/>: the output's integer, less its smallest; with softmax and int8, the probability
    /// in 1/256.</summary>
    public readonly int Score(int label) => _type switch
    {
        ElementType.Int8 => (sbyte)_arena[_output + label] + 128,
        ElementType.Int16 => Memory.Int16(_arena, _output + 2 * label) + 32768,
        ElementType.Int32 => Memory.Int32(_arena, _output + 4 * label),
        _ => _arena[_output + label],
    };

    /// <summary>FNV-1a of the input's bytes, between <see cref="Prepare"/> and <see cref="Run"/>: equal on every machine for the same
    /// frame.</summary>
    public readonly ulong InputHash() => Fnv1a.Add(
        Fnv1a.Start, _arena, TensorRecord.ArenaOffset(_model, _hashed), TensorRecord.ByteCount(_model, _hashed));

    /// <summary>Gives the memory back.</summary>
    public void Close()
    {
        if (_hears) _sound.Close();
        else _picture.Close();
    }

    private void Begin(byte* model, byte* arena, bool learns, bool hears)
    {
        int output = IORecord.Output(model, 0);
        _model = model;
        _arena = arena;
        _learns = learns;
        _hears = hears;
        _output = TensorRecord.ArenaOffset(model, output);
        _elements = TensorRecord.Elements(model, output);
        _type = TensorRecord.Type(model, output);
        _hashed = IORecord.Input(model, 0);
    }
}
