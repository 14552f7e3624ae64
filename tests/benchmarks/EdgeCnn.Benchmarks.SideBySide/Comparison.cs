using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using EdgeCnn.Benchmarks.SideBySide.OnnxRuntime;

namespace EdgeCnn.Benchmarks.SideBySide;

/// <summary>One of the peer's forms, measured.</summary>
/// <param name="Form">Its name.</param>
/// <param name="IsInteger">Whether it computes with 8 bits.</param>
/// <param name="Microseconds">Of a run.</param>
/// <param name="StepsOff">Largest difference of an output from EdgeCnn's, in steps of that output's integers.</param>
internal sealed record PeerResult(string Form, bool IsInteger, RunTime Microseconds, float StepsOff);

/// <summary>A model, measured on both sides.</summary>
/// <param name="Model">Its name.</param>
/// <param name="Macs">Multiply-accumulates of a run.</param>
/// <param name="Tile">EdgeCnn's micro-kernel.</param>
/// <param name="Microseconds">Of EdgeCnn's run.</param>
/// <param name="Peers">ONNX Runtime's, in every form.</param>
internal sealed record ComparisonResult(string Model, long Macs, string Tile, RunTime Microseconds, IReadOnlyList<PeerResult> Peers)
{
    /// <summary>How many times faster EdgeCnn is than the fastest of the peer's forms, by medians.</summary>
    public double Ratio => Peers.Min(peer => peer.Microseconds.Median) / Microseconds.Median;

    /// <summary>The faster of the peer's float forms, or of its integer forms.</summary>
    public PeerResult Fastest(bool isInteger) =>
        Peers.Where(peer => peer.IsInteger == isInteger).MinBy(peer => peer.Microseconds.Median)
        ?? throw new InvalidOperationException("every comparison has both forms");
}

/// <summary>Runs a model on both sides.</summary>
internal static class Comparison
{
    /// <summary>How many of an output's 256 steps both sides may differ by in 8 bits: they round differently, operator by operator, but
    /// another graph would be farther off.</summary>
    private const float Tolerance = 16;

    /// <summary>Measures for about <paramref name="duration"/>.</summary>
    /// <exception cref="InvalidDataException">The two sides do not compute the same.</exception>
    public static ComparisonResult Run(OrtLibrary library, ComparedModel model, TimeSpan duration, string? folder)
    {
        Peer[] peers = [.. PeerForm.All.Select(form => new Peer(library, model, form, folder))];
        try
        {
            foreach (Peer peer in peers.Where(peer => peer.Form.IsInteger && peer.StepsOff > Tolerance))
            {
                throw new InvalidDataException(
                    $"{model.Name}: an output of ONNX Runtime's {peer.Form.Name} is {peer.StepsOff:n1} steps off; the graphs differ");
            }
            RunTime[] times = AlternatingClock.Measure([model.Run, .. peers.Select(peer => (Action)peer.Run)], duration);
            return new ComparisonResult(
                model.Name, model.Macs, model.Lowered.TileName, times[0],
                [.. peers.Zip(times.Skip(1), (peer, time) => new PeerResult(peer.Form.Name, peer.Form.IsInteger, time, peer.StepsOff))]);
        }
        finally
        {
            foreach (Peer peer in peers) peer.Dispose();
        }
    }
}
