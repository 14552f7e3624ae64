using System;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Threading;
using EdgeCnn.Flash.Link;

namespace EdgeCnn.Flash.Board;

/// <summary>
/// Asks a board, and gets every answer that there is: a request is sent until it is answered, and the board does it once. One thread at a
/// time.
/// </summary>
/// <example><code>
/// using var board = new BoardClient(Transport.Open("/dev/ttyACM0"));
/// Console.WriteLine(board.Info.Name);
/// UploadResult upload = new Uploader(board).Upload(new ModelImage(File.ReadAllBytes("model.ecnn"), "model.ecnn"));
/// board.Activate(upload.Slot);
/// </code></example>
public sealed partial class BoardClient : IDisposable
{
    private const int MostSessions = 8;

    private readonly Transport _line;
    private readonly FrameReader _frames;
    private readonly BoardTiming _timing;
    private readonly CancellationToken _cancellation;
    private ushort _number;

    /// <summary>Begins a session.</summary>
    /// <param name="line">The line to the board; the client closes it.</param>
    /// <param name="timing">How long to wait.</param>
    /// <param name="cancellation">Ends any request; the board stays as it is.</param>
    /// <exception cref="BoardSilentException">Nothing answers.</exception>
    /// <exception cref="LineException">The line is gone.</exception>
    public BoardClient(Transport line, BoardTiming? timing = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(line);
        (_line, _timing, _cancellation, _frames) = (line, timing ?? new BoardTiming(), cancellation, new FrameReader(line));
        try
        {
            Info = Begin();
        }
        catch
        {
            line.Dispose();
            throw;
        }
    }

    /// <summary>What the user calls the line.</summary>
    public string Port => _line.Name;

    /// <summary>What the board said of itself last.</summary>
    public BoardInfo Info { get; private set; }

    /// <summary>Requests that were sent again since no answer came.</summary>
    public int Repeats { get; private set; }

    /// <summary>Asks the board about itself again.</summary>
    public BoardInfo ReadInfo() => Info = Begin();

    /// <summary>Closes the line.</summary>
    public void Dispose() => _line.Dispose();

    /// <summary>Info, with a number drawn at random, so that older frames do not fit. One that the last session began with does not begin
    /// another.</summary>
    private BoardInfo Begin()
    {
        Frame answer;
        do
        {
            _number = (ushort)RandomNumberGenerator.GetInt32(ushort.MaxValue + 1);
            answer = Ask(BoardCommand.Info, default);
        }
        while ((BoardStatus)answer.Status == BoardStatus.OutOfOrder);
        try
        {
            return BoardInfo.Read(answer.Payload.Span);
        }
        catch (FormatException wrong)
        {
            throw new BoardSilentException($"{Port}: the board {wrong.Message}");
        }
    }

    /// <summary>Sends a request with the next number; begins another session when the board has lost count.</summary>
    private ReadOnlySpan<byte> Request(BoardCommand command, ReadOnlyMemory<byte> payload)
    {
        for (int sessions = 1; ; sessions++)
        {
            _number++;
            Frame answer = Ask(command, payload);
            var status = (BoardStatus)answer.Status;
            if (status == BoardStatus.Done) return answer.Payload.Span;
            if (status != BoardStatus.OutOfOrder || !command.IsAboutFlash() || sessions == MostSessions)
                throw new BoardException(Port, command, status, answer.Payload.Span);
            Info = Begin();
        }
    }

    /// <summary>Sends a request until its answer comes.</summary>
    private Frame Ask(BoardCommand command, ReadOnlyMemory<byte> payload)
    {
        byte[] request = new Frame((byte)command, 0, _number, payload).Encode();
        TimeSpan line = _timing.OnTheLine(request.Length + (Info?.MaxPayload ?? 0));
        TimeSpan wait = command.IsLong() ? _timing.Work : _timing.Answer;
        int attempts = command.IsLong() ? _timing.WorkAttempts : _timing.Attempts;
        for (int attempt = 1; attempt <= attempts; attempt++)
        {
            _cancellation.ThrowIfCancellationRequested();
            if (attempt > 1) Repeats++;
            _line.Write(request);
            if (Answer(command, line + wait) is { } answer) return answer;
            wait = TimeSpan.FromTicks(Math.Min(2 * wait.Ticks, _timing.Longest.Ticks));
        }
        throw new BoardSilentException(
            $"{Port}: no answer to {command}, sent {attempts} times; check the port, the cable, and that the board runs the firmware");
    }

    /// <summary>The answer to the present request; older ones, which came twice or late, are dropped.</summary>
    private Frame? Answer(BoardCommand command, TimeSpan limit)
    {
        long start = Stopwatch.GetTimestamp();
        while (_frames.Read(limit - Stopwatch.GetElapsedTime(start), _cancellation) is { } frame)
            if (frame.Command == ((byte)command | Frame.AnswerBit) && frame.Number == _number) return frame;
        return null;
    }
}
