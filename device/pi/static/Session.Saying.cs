using System;

namespace EdgeCnn.Device;

/// <summary>What a run says.</summary>
internal unsafe partial struct Session
{
    private void SayReady()
    {
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
    }

    private bool SayFrame(ulong hash, int label, int score, int shown, long latency)
    {
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
        return Line.Write(1);
    }

    private void SayFrames()
    {
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
