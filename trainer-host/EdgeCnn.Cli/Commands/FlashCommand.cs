using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using EdgeCnn.Cli.Devices;
using EdgeCnn.Cli.Files;
using EdgeCnn.Cli.Rendering;
using EdgeCnn.Cli.Results;
using EdgeCnn.Cli.Terminal;
using EdgeCnn.Flash.Board;
using EdgeCnn.Flash.Update;

namespace EdgeCnn.Cli.Commands;

/// <summary><c>edgecnn flash MODEL --port PORT</c></summary>
internal sealed class FlashCommand : ToolCommand<FlashResult>
{
    private readonly Argument<string?> _model = new("MODEL") { Description = "The model file (.ecnn)", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string?> _port = BoardPort.Option(required: false);
    private readonly Option<int?> _slot = new("--slot")
    {
        Description = "Where it goes, 0 or 1; by default the slot that does not run",
        HelpName = "N",
        CustomParser = text => TrainingOptions.Whole(text, 0, 1),
    };
    private readonly Option<bool> _noActivate = new("--no-activate") { Description = "Send and verify only; the board goes on with its model" };
    private readonly Option<bool> _rollback = new("--rollback") { Description = "Send nothing; the board runs the model of its other slot again" };
    private readonly ImageOptions _images = new();

    public FlashCommand()
        : base("flash", "Send a model to a board, or write it as a file for the board's programmer.", FlashText.Write)
    {
        Add(_model);
        Add(_port);
        Add(_slot);
        Add(_noActivate);
        Add(_rollback);
        _images.AddTo(this);
    }

    public override string Notes =>
        $"""
        The board keeps its old model, and runs it until the new one is whole, verified and tested there. Whatever cuts an upload (Ctrl-C,
        the cable, the power), the same command goes on where it was.
        {ImageOptions.Notes}
        """;

    public override Example[] Examples =>
    [
        new("flash model.ecnn --port /dev/ttyACM0", "over a serial port"),
        new("flash model.ecnn --port tcp:192.168.1.20:7007", "over the network"),
        new("flash --rollback --port /dev/ttyACM0", "back to the model before"),
        new("flash model.ecnn --uf2 model.uf2 --family rp2350 --address 0x10100000", "for a board that is a USB drive"),
        new("flash model.ecnn --hex model.hex --address 0x08040000", "for a programmer"),
    ];

    protected override FlashResult Execute(ParseResult arguments, Session session)
    {
        string? path = arguments.GetValue(_model), port = arguments.GetValue(_port);
        if (arguments.GetValue(_rollback)) return RollBack(arguments, path, port, session);
        if (path is null) throw new UsageException("Name the model file, or --rollback.");
        bool wantsFile = _images.IsUsed(arguments);
        if (port is null && !wantsFile)
            throw new UsageException("Say where the model goes: --port PORT, or a file by --uf2, --hex, --bin or --c-array.");
        if (port is null && (arguments.GetValue(_slot) is not null || arguments.GetValue(_noActivate)))
            throw new UsageException("--slot and --no-activate belong to a board; name it with --port PORT.");
        var image = new ModelImage(File.ReadAllBytes(InputPath.OfFile(path, "model file (.ecnn)")), path);
        IReadOnlyList<FlashFileResult> files = _images.Write(arguments, image);
        FlashBoardResult? board = port is null ? null : Send(arguments, image, port, session);
        return new FlashResult(path, image.ModelId, image.Bytes.Length, board, files);
    }

    private FlashBoardResult Send(ParseResult arguments, ModelImage image, string port, Session session)
    {
        using BoardClient board = BoardPort.Open(port, session);
        bool activates = !arguments.GetValue(_noActivate);
        UploadResult upload = Upload(board, image, arguments.GetValue(_slot), session);
        if (activates && board.Activate(upload.Slot) is var id && id != image.ModelId)
            throw new RefusedException($"{port}: the board runs model {id} now, {image.Source} is {image.ModelId}; send it again");
        return new FlashBoardResult(
            port, board.Info.Name, upload.Slot, upload.Resumed, upload.Sent, upload.Erased, board.Repeats, activates);
    }

    private static UploadResult Upload(BoardClient board, ModelImage image, int? slot, Session session)
    {
        UploadProgress reached = default;
        try
        {
            return session.WithProgress("sending", image.Bytes.Length, report => new Uploader(board, now =>
            {
                reached = now;
                report(now.Bytes);
            }).Upload(image, slot));
        }
        catch (OperationCanceledException)
        {
            throw new InterruptedException(FormattableString.Invariant(
                $"interrupted; slot {reached.Slot} keeps {reached.Bytes:n0} of {reached.Total:n0} bytes, and the board its model; the same command goes on from there"));
        }
    }

    private FlashResult RollBack(ParseResult arguments, string? path, string? port, Session session)
    {
        if (path is not null || _images.IsUsed(arguments)) throw new UsageException("--rollback sends nothing; leave out the model and files.");
        if (port is null) throw new UsageException("Name the board with --port PORT.");
        using BoardClient board = BoardPort.Open(port, session);
        int slot = board.Info.SpareSlot;
        SlotInfo before = board.Slot(slot);
        if (before.FileBytes == 0) throw new RefusedException($"{port}: slot {slot} holds no model to go back to; send one with '{CommandLine.ToolName} flash'");
        string id = board.Activate(slot);
        return new FlashResult(null, id, before.FileBytes, new FlashBoardResult(port, board.Info.Name, slot, 0, 0, 0, board.Repeats, Active: true), []);
    }
}
