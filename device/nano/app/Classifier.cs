using EdgeCnn.Board;

namespace EdgeCnn.Device;

/// <summary>From a frame to a label on the pins, and from a button to a lesson: read, scale as the model says, run, filter, show.</summary>
public sealed class Classifier
{
    private readonly BoardMemory _memory;
    private readonly ISensor _sensor;
    private readonly LabelPins _pins;
    private readonly Buttons _buttons;
    private readonly LabelFilter _filter;
    private readonly WindowedModel _model;
    private readonly byte[] _frame;
    private bool _isOpen;

    /// <summary>Without a model; to be opened.</summary>
    public Classifier(BoardMemory memory, ISensor sensor, LabelPins pins, Buttons buttons, LabelFilter filter)
    {
        _memory = memory;
        _sensor = sensor;
        _pins = pins;
        _buttons = buttons;
        _filter = filter;
        _frame = new byte[sensor.Count];
        _model = new WindowedModel(null, memory.Model, memory.Arena, memory.Operators);
    }

    /// <summary>Opens a model that takes the sensor's frames. What was learned is in the arena already, or comes with
    /// <see cref="Restore"/>.</summary>
    public bool Open(IModelStorage file)
    {
        int where = 0;
        _model.Storage = file;
        _isOpen = _model.Open(ref where) == ModelError.None && TakesFrames();
        return _isOpen;
    }

    /// <summary>Gives the memory of the model away.</summary>
    public void Close() => _isOpen = false;

    /// <summary>Brings back what was learned and saved.</summary>
    public void Restore()
    {
        if (_model.Learns && _model.Reset()) SavedDelta.Apply(_model.Model);
    }

    /// <summary>Does a frame, and what a button says about it.</summary>
    /// <returns>Whether there was one: there is a model, and the sensor answers.</returns>
    public bool Turn()
    {
        if (!_isOpen || !_sensor.Read(_frame)) return false;
        int label = _buttons.Take();
        if (label != LabelPins.None) Teach(label);
        Normalize.Pixels(_model.Model, 0, _frame, 0, _model.Arena);
        _isOpen = _model.Run();
        if (_isOpen) _pins.Show(_filter.Add(Answer()));
        return _isOpen;
    }

    private bool TakesFrames()
    {
        byte[] model = _model.Model;
        return IORecord.InputCount(model) == 1 && IORecord.PixelChannels(model, 0) != 0
            && TensorRecord.Elements(model, IORecord.Input(model, 0)) == _frame.Length;
    }

    /// <summary>The first of the largest scores.</summary>
    private int Answer()
    {
        byte[] model = _model.Model, arena = _model.Arena;
        int tensor = IORecord.Output(model, 0), at = TensorRecord.ArenaOffset(model, tensor), best = 0;
        for (int i = 1; i < TensorRecord.Elements(model, tensor); i++)
            if ((sbyte)arena[at + i] > (sbyte)arena[at + best]) best = i;
        return best;
    }

    /// <summary>Learns that the frame has a label, and saves it.</summary>
    private void Teach(int label)
    {
        if (!_model.CanLearn(label)) return;
        Normalize.Pixels(_model.Model, 0, _frame, 0, _model.Arena);
        if (_model.Learn(label)) SavedDelta.Save(_memory.Board, _memory.Buffer, _model.WriteDelta(_memory.Buffer));
    }
}
