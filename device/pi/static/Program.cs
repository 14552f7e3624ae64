using System.Runtime;

namespace EdgeCnn.Device;

/// <summary>Classifies frames, sets lines, learns on a button: <see cref="Options.Usage"/>. One line of output per frame:
/// <c>frame 0 input 0123456789abcdef label 3 score 251 shown 3 latency 812 us</c>.</summary>
internal static unsafe class Program
{
    [RuntimeExport("main")]
    private static int Main(int count, byte** arguments)
    {
        Session* session = (Session*)Pages.Allocate(sizeof(Session));
        if (session == null) return 1;
        session->Begun = Waiting.Microseconds();
        byte* wrong = session->Options.Parse(count, arguments);
        if (wrong == null && count > 1) return session->Run();
        Line* line = &session->Line;
        if (wrong != null)
        {
            line->Add("edgecnn-camera: "u8);
            line->Add(wrong);
            line->Add(": wrong, or a value is missing"u8);
            line->Write(2);
        }
        fixed (byte* usage = Options.Usage) _ = LibC.WriteAll(2, usage, Options.Usage.Length);
        return 2;
    }
}
