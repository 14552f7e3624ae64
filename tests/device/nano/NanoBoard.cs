using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using EdgeCnn.Flash.Board;
using EdgeCnn.Flash.Link;
using EdgeCnn.Tests;
using EdgeCnn.Trainer.Learning;

namespace EdgeCnn.Device.Tests;

/// <summary>A board with the nanoFramework application, a disk that outlives its starts, and a line.</summary>
internal sealed class NanoBoard
{
    private readonly Dictionary<string, object> _settings;

    /// <summary>Starts a board with a model in slot 0.</summary>
    internal NanoBoard(byte[] model, int slotBytes = 16384, int operators = 32)
    {
        _settings = new()
        {
            ["SlotBytes"] = slotBytes,
            ["Operators"] = operators,
            ["FrameMilliseconds"] = 0,
            ["IdleMilliseconds"] = 0,
            ["Frames"] = 2,
            ["LabelPins"] = Enumerable.Range(100, 10).ToArray(),
            ["ButtonPins"] = Enumerable.Range(200, 10).ToArray(),
        };
        if (model.Length > 0) Disk[@"I:\slot0.ecnn"] = [.. model];
        Machine = new NanoMachine(Disk, _settings);
    }

    /// <summary>The network for 8 × 8 digits.</summary>
    internal static byte[] Plain { get; } = Load("model.ecnn");

    /// <summary>The same with weights of four bits.</summary>
    internal static byte[] Int4 { get; } = Load("model.int4.ecnn");

    /// <summary>The same, and its last layer learns.</summary>
    internal static byte[] Learning { get; } = LearningPlanner.Apply(Plain, new LearningSettings { Layers = LayerChoice.Parse("last:1") });

    /// <summary>The files.</summary>
    internal Dictionary<string, List<byte>> Disk { get; } = [];

    /// <summary>What runs.</summary>
    internal NanoMachine Machine { get; private set; }

    /// <summary>Takes the power away, and gives it back for so many writes.</summary>
    internal void Restart(int writes = int.MaxValue) => Machine = new NanoMachine(Disk, _settings, writes);

    /// <summary>Shows a frame until the label can have changed; the labels whose outputs are high then.</summary>
    internal int[] Classify(byte[] frame)
    {
        Machine.Show(frame);
        // The first turns may end what the line has begun.
        for (int i = 0; i < 4; i++) Machine.Turn();
        return [.. Enumerable.Range(0, Machine.LabelPins.Length).Where(Machine.IsHigh)];
    }

    /// <summary>A host on the line.</summary>
    internal BoardClient Connect() =>
        new(new Line(this), new BoardTiming { Answer = TimeSpan.FromMilliseconds(1), Work = TimeSpan.FromMilliseconds(1) });

    private static byte[] Load(string name) => File.ReadAllBytes(Path.Combine(Repository.Root, "models", "digits8x8", name));

    /// <summary>A line that has been answered when a write returns.</summary>
    private sealed class Line(NanoBoard board) : Transport
    {
        public override string Name => "nano";

        public override void Write(ReadOnlySpan<byte> bytes)
        {
            foreach (byte value in bytes) board.Machine.ToBoard.Enqueue(value);
            while (board.Machine.ToBoard.Count > 0)
                if (board.Machine.Turn())
                {
                    NanoMachine before = board.Machine;
                    board.Restart();
                    while (before.FromBoard.TryDequeue(out byte value)) board.Machine.FromBoard.Enqueue(value);
                    return;
                }
        }

        public override int Read(Span<byte> bytes, TimeSpan limit, CancellationToken cancellation)
        {
            int count = 0;
            while (count < bytes.Length && board.Machine.FromBoard.TryDequeue(out byte value)) bytes[count++] = value;
            return count;
        }

        protected override void Dispose(bool disposing)
        {
        }
    }
}
