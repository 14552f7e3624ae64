using System.CommandLine;
using System.IO;
using EdgeCnn.Cli.Files;
using EdgeCnn.Cli.Rendering;
using EdgeCnn.Cli.Results;
using EdgeCnn.Cli.Terminal;
using EdgeCnn.Flash.Board;
using EdgeCnn.Managed;

namespace EdgeCnn.Cli.Commands.Device;

/// <summary><c>edgecnn device delta …</c></summary>
internal sealed class DeviceDeltaCommand : Command
{
    public DeviceDeltaCommand()
        : base("delta", "What a board's model has learned, as a small file beside the model: read it, save it there, apply it, drop it.")
    {
        Add(new ReadCommand());
        Add(new SaveCommand());
        Add(new ApplyCommand());
        Add(new DropCommand());
    }

    private static Argument<string?> File(ArgumentArity arity) => new("FILE") { Description = "The delta (.ecdelta)", Arity = arity };

    private sealed class ReadCommand : BoardCommand<DeviceDeltaResult>
    {
        private readonly Option<string> _out = new("--out", "-o") { Description = "The delta to write", HelpName = "FILE", Required = true };

        public ReadCommand()
            : base("read", "Read what the board has learned into a file.", DeviceTexts.Write) => Add(_out);

        public override Example[] Examples => [new("device delta read --port /dev/ttyACM0 -o mine.ecdelta", "'run --delta' takes it")];

        protected override DeviceDeltaResult Execute(ParseResult arguments, Session session)
        {
            string path = arguments.GetRequiredValue(_out);
            OutputFolder folder = OutputFolder.Of(path, []);
            using BoardClient board = Open(arguments, session);
            byte[] delta = board.ReadDelta();
            folder.Create();
            AtomicFile.Write(path, delta);
            return new DeviceDeltaResult(board.Port, Name, path, delta.Length);
        }
    }

    private sealed class SaveCommand : BoardCommand<DeviceDeltaResult>
    {
        private readonly Argument<string?> _file = File(ArgumentArity.ZeroOrOne);

        public SaveCommand()
            : base("save", "Let the board keep what it has learned, or the delta of a file, when it starts again.", DeviceTexts.Write) => Add(_file);

        public override Example[] Examples =>
        [
            new("device delta save --port /dev/ttyACM0", "keep what was learned until now"),
            new("device delta save mine.ecdelta --port /dev/ttyACM0", "start with this one from now on"),
        ];

        protected override DeviceDeltaResult Execute(ParseResult arguments, Session session)
        {
            string? path = arguments.GetValue(_file);
            byte[]? delta = path is null ? null : System.IO.File.ReadAllBytes(InputPath.OfFile(path, "delta"));
            using BoardClient board = Open(arguments, session);
            int bytes = delta?.Length ?? board.SaveLearned();
            if (delta is not null) board.SaveDelta(delta);
            return new DeviceDeltaResult(board.Port, Name, path, bytes);
        }
    }

    private sealed class ApplyCommand : BoardCommand<DeviceDeltaResult>
    {
        private readonly Argument<string?> _file = File(ArgumentArity.ExactlyOne);

        public ApplyCommand()
            : base("apply", "Apply a delta to the model as in its file, until the board starts again.", DeviceTexts.Write) => Add(_file);

        public override Example[] Examples => [new("device delta apply mine.ecdelta --port /dev/ttyACM0", "try it before you save it")];

        protected override DeviceDeltaResult Execute(ParseResult arguments, Session session)
        {
            string path = arguments.GetRequiredValue(_file)!;
            byte[] delta = System.IO.File.ReadAllBytes(InputPath.OfFile(path, "delta"));
            using BoardClient board = Open(arguments, session);
            board.ApplyDelta(delta);
            return new DeviceDeltaResult(board.Port, Name, path, delta.Length);
        }
    }

    private sealed class DropCommand : BoardCommand<DeviceDeltaResult>
    {
        public DropCommand()
            : base("drop", "Drop the saved delta, and forget everything learned.", DeviceTexts.Write)
        {
        }

        public override Example[] Examples => [new("device delta drop --port /dev/ttyACM0", "the model as in its file")];

        protected override DeviceDeltaResult Execute(ParseResult arguments, Session session)
        {
            using BoardClient board = Open(arguments, session);
            board.DropDelta();
            return new DeviceDeltaResult(board.Port, Name, null, 0);
        }
    }
}
