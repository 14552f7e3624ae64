using System;
using System.IO;
using System.Threading.Tasks;
using EdgeCnn.Pi.Frames;
using EdgeCnn.Pi.Pipeline;
using Microsoft.Extensions.Logging;

namespace EdgeCnn.Pi.Teaching;

/// <summary>
/// Teaches the model that runs: so many frames for a press on the page, or as many as come while a button is held. Everything on the
/// thread of the model.
/// </summary>
internal sealed class Classroom(Func<Lessons?> lessons, IButtons buttons, ILogger log)
{
    private const int Nothing = -1;
    private int _label = Nothing, _left;
    private bool _isHeld;
    private TaskCompletionSource? _pressed;

    /// <summary>Why the last lesson could not be saved; empty when it could.</summary>
    public string Trouble { get; private set; } = "";

    /// <summary>Lets the next frames be learned. In an order to the model's thread.</summary>
    /// <returns>Completes when the lesson is saved.</returns>
    /// <exception cref="InvalidOperationException">The model can't learn, or learns something else at the moment.</exception>
    public Task Press(int label, int frames)
    {
        if (lessons() is null)
            throw new InvalidOperationException("this model can't learn; make one that can with 'edgecnn plan-learning'");
        if (_label != Nothing) throw new InvalidOperationException("a lesson is going on; wait for its end");
        (_label, _left) = (label, frames);
        _pressed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return _pressed.Task;
    }

    /// <summary>Looks at the buttons, and learns the frame if it is to be.</summary>
    public void See(Frame frame)
    {
        if (lessons() is not { } all) return;
        int held = buttons.Held(all.Labels);
        if (_label == Nothing && held >= 0) (_label, _isHeld) = (held, true);
        if (_label == Nothing) return;
        // A press waits for a word.
        if (!frame.IsQuiet && (_isHeld ? held == _label : _left-- > 0)) all.Learn(frame, _label);
        if (_isHeld ? held != _label : _left == 0) End(all);
    }

    /// <summary>Forgets a lesson that is going on, because another model comes.</summary>
    public void Interrupt()
    {
        _pressed?.TrySetException(new IOException("another model was started"));
        (_label, _isHeld, _pressed) = (Nothing, false, null);
    }

    private void End(Lessons all)
    {
        try
        {
            all.Save(_label);
            Trouble = "";
            log.Say($"lesson {all.Newest} is saved");
            _pressed?.TrySetResult();
        }
        catch (IOException failure)
        {
            Trouble = failure.Message;
            log.Warn($"the lesson is learned but not saved: {failure.Message}");
            _pressed?.TrySetException(failure);
        }
        (_label, _isHeld, _pressed) = (Nothing, false, null);
    }
}
