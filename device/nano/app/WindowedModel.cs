namespace EdgeCnn.Device;

/// <summary>
/// A model that runs out of storage through a window (<see cref="ModelWindow"/>): in RAM there is one buffer, for everything but the
/// weights and the largest layer's weights. Every read is held to the CRC-32 that the bytes had when the whole file was checked. Allocates
/// in its constructor only.
/// </summary>
public sealed class WindowedModel
{
    private readonly byte[] _model;
    private readonly byte[] _arena;
    private readonly int[] _places;
    private readonly uint[] _crcs;

    /// <summary>A model in <paramref name="storage"/>; to be opened.</summary>
    /// <param name="storage">The file.</param>
    /// <param name="buffer">RAM for the model: <see cref="ModelWindow.Bytes"/>, and at least <see cref="ModelWindow.HeadBytes"/>.</param>
    /// <param name="arena">RAM for tensors and learning.</param>
    /// <param name="operators">The most operators that it can have.</param>
    public WindowedModel(IModelStorage storage, byte[] buffer, byte[] arena, int operators)
    {
        _places = new int[operators];
        _crcs = new uint[operators];
        Storage = storage;
        _model = buffer;
        _arena = arena;
    }

    /// <summary>The file; another one is to be opened.</summary>
    public IModelStorage Storage { get; set; }

    /// <summary>Whether the model learns, and there is memory for it.</summary>
    public bool Learns { get; private set; }

    /// <summary>The model as the runtime sees it.</summary>
    public byte[] Model => _model;

    /// <summary>Tensors and what is learned.</summary>
    public byte[] Arena => _arena;

    /// <summary>Checks the whole file, and makes the model ready to run and to learn.</summary>
    /// <param name="where">Set to the place of the fault: a file offset, or one in the buffer for what is in RAM.</param>
    public ModelError Open(ref int where)
    {
        int head = Storage.Length < ModelWindow.HeadBytes ? Storage.Length : ModelWindow.HeadBytes;
        if (_model.Length < ModelWindow.HeadBytes) return ModelError.BufferTooSmall;
        if (!Storage.Read(0, _model, 0, head)) return ModelError.Truncated;
        ModelError error = ModelWindow.VerifyHead(_model, Storage.Length, _model.Length, _arena.Length, ref where);
        if (error == ModelError.None) error = LoadResident(ref where);
        if (error == ModelError.None) error = ModelWindow.VerifyResident(_model, ref where);
        if (error == ModelError.None) error = CheckWeights(ref where);
        if (error == ModelError.None && ModelFile.OperatorCount(_model) > _places.Length) error = ModelError.BufferTooSmall;
        if (error == ModelError.None && !NotePlaces()) error = ModelError.Truncated;
        Learns = error == ModelError.None && LearnFile.Exists(_model)
            && ModelFile.LearningBytes(_model) <= _arena.Length - ModelFile.ArenaBytes(_model);
        return error;
    }

    /// <summary>Runs the model on the inputs in the arena, with what was learned; false when the storage no longer gives what was
    /// checked.</summary>
    public bool Run()
    {
        int count = ModelFile.OperatorCount(_model);
        for (int i = 0; i < count; i++)
            if (!Step(i)) return false;
        return true;
    }

    /// <summary>Runs operator <paramref name="index"/>; the ones before it have run.</summary>
    public bool Step(int index)
    {
        if (!Load(index)) return false;
        if (Learns) Learner.Forward(_model, _arena, index);
        else Interpreter.Step(_model, _arena, index);
        return true;
    }

    /// <summary>Sets what learns to what the file says; after <see cref="Open"/>, for a model that
    /// <see cref="ModelWindow.CanLearn"/>.</summary>
    public bool Reset()
    {
        Learner.ResetState(_model, _arena);
        int count = ModelFile.OperatorCount(_model);
        for (int i = 0; i < count; i++)
        {
            if (!Load(i)) return false;
            Learner.ResetOperator(_model, _arena, i);
        }
        return true;
    }

    /// <summary>Learns that the inputs in the arena are of class <paramref name="label"/>.</summary>
    public bool Learn(int label)
    {
        int last = Learner.LastOperator(_model);
        LearnState.SetLabel(_model, _arena, label);
        Learner.BeginStep(_model, _arena);
        for (int i = 0; i <= last; i++)
        {
            if (!Load(i)) return false;
            Learner.ForwardStep(_model, _arena, i);
        }
        Learner.EndStep(_model, _arena);
        return true;
    }

    /// <summary>Whether <see cref="Learn"/> works: with this label, and with one window.</summary>
    public bool CanLearn(int label) =>
        Learns && ModelWindow.CanLearn(_model) && LearnFile.Loss(_model) == LearnFile.CrossEntropy
        && (uint)label < (uint)TensorRecord.Elements(_model, ModelFile.Tensor(_model, LearnFile.LossTensor(_model)));

    /// <summary>Writes what was learned.</summary>
    /// <returns>Bytes of the delta, more than <paramref name="delta"/> has when it is too small for it; 0 when the weights of more than one
    /// layer would have to be in the window.</returns>
    public int WriteDelta(byte[] delta)
    {
        int records = LearnFile.Records(_model), layers = 0;
        for (int i = 0; i < records; i++)
        {
            int record = LearnFile.Record(_model, i);
            if (!LearnRecord.Has(_model, record, LearnRecord.TrainsWeights)) continue;
            if (layers++ > 0 || !Load(LearnRecord.Operator(_model, record))) return 0;
        }
        return Delta.Write(_model, _model, _arena, delta, delta.Length);
    }

    private ModelError LoadResident(ref int where)
    {
        int weights = ModelWindow.WeightsAt(_model), tail = ModelWindow.TailAt(_model), end = ModelFile.FileBytes(_model);
        where = tail;
        bool read = Storage.Read(0, _model, 0, weights) && Storage.Read(tail, _model, weights, end - tail);
        return read ? ModelError.None : ModelError.Truncated;
    }

    /// <summary>The CRC-32 of all weights, through the window.</summary>
    private ModelError CheckWeights(ref int where)
    {
        int at = ModelWindow.WindowAt(_model), room = _model.Length - at, from = where = ModelWindow.WeightsAt(_model);
        uint crc = Crc32.Start;
        for (int left = ModelWindow.WeightsBytes(_model); left > 0;)
        {
            int count = left < room ? left : room;
            if (!Storage.Read(from, _model, at, count)) return ModelError.Truncated;
            crc = Crc32.Add(crc, _model, at, count);
            from += count;
            left -= count;
        }
        return ~crc == ModelWindow.WeightsCrc(_model) ? ModelError.None : ModelError.SectionCorrupt;
    }

    /// <summary>Notes where each operator's weights are, and their CRC-32.</summary>
    private bool NotePlaces()
    {
        int count = ModelFile.OperatorCount(_model), at = ModelWindow.WindowAt(_model);
        for (int i = 0; i < count; i++)
        {
            int bytes = ModelWindow.WeightBytes(_model, i);
            _places[i] = OperatorRecord.Weights(_model, ModelFile.Operator(_model, i));
            if (!Storage.Read(_places[i], _model, at, bytes)) return false;
            _crcs[i] = Crc32.Of(_model, at, bytes);
        }
        return true;
    }

    /// <summary>Brings an operator's weights into the window.</summary>
    private bool Load(int index)
    {
        int bytes = ModelWindow.WeightBytes(_model, index), at = ModelWindow.WindowAt(_model);
        if (bytes == 0) return true;
        if (!Storage.Read(_places[index], _model, at, bytes) || Crc32.Of(_model, at, bytes) != _crcs[index]) return false;
        ModelWindow.Place(_model, index);
        return true;
    }
}
