using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using EdgeCnn.Flash.Board;
using EdgeCnn.Flash.Link;
using EdgeCnn.Flash.Update;
using EdgeCnn.Managed;
using EdgeCnn.Tests;
using Xunit;

namespace EdgeCnn.Device.Tests;

/// <summary>The application for boards with a network, at a TCP port of this machine.</summary>
public sealed class TcpLineTests : IDisposable
{
    private readonly int _port = FreePort.Find();
    private readonly Thread _board;
    private volatile bool _isOff;

    public TcpLineTests()
    {
        var machine = new NanoMachine(
            [], new Dictionary<string, object> { ["TcpPort"] = _port, ["FrameMilliseconds"] = 0 }, application: BoardAssembly.TcpFolder);
        _board = new Thread(() =>
        {
            while (!_isOff) machine.Turn();
        });
        _board.Start();
    }

    public void Dispose()
    {
        _isOff = true;
        _board.Join();
    }

    [Fact]
    public void A_model_comes_over_it_and_runs_as_on_the_desktop()
    {
        using EdgeModel desktop = EdgeModel.Open(NanoBoard.Plain);
        using BoardClient host = Connect();
        host.Activate(new Uploader(host).Upload(new ModelImage(NanoBoard.Plain, "plain")).Slot);
        byte[] pixels = new byte[64];
        new Random(1).NextBytes(pixels);
        desktop.SetPixels(pixels);
        host.Input(0, desktop.Bytes(desktop.Inputs[0]));
        host.Run();
        desktop.Run();
        Assert.Equal(desktop.Bytes(desktop.Outputs[0]).ToArray(), host.Output(0, 10));
    }

    [Fact]
    public void The_host_that_connected_last_has_it()
    {
        using TcpClient silent = new(IPAddress.Loopback.ToString(), _port);
        using (BoardClient host = Connect()) Assert.Null(host.Info.ActiveSlot);
        // The end of the first connection arrives there.
        Assert.Equal(0, silent.GetStream().Read(new byte[1]));
    }

    [Fact]
    public void A_host_that_breaks_off_in_a_request_keeps_nobody_out()
    {
        using (TcpClient broken = new(IPAddress.Loopback.ToString(), _port))
        {
            broken.LingerState = new LingerOption(enable: true, seconds: 0);
            broken.GetStream().Write([1, 2, 3]);
        }
        for (int turn = 0; turn < 3; turn++)
            using (BoardClient host = Connect()) Assert.Equal("nanoframework", host.Info.Name);
    }

    // However busy this machine is, nothing gets lost.
    private BoardClient Connect() => new(
        Transport.Open($"tcp:127.0.0.1:{_port}"),
        new BoardTiming { Answer = TimeSpan.FromSeconds(30), Work = TimeSpan.FromSeconds(60), Attempts = 2, WorkAttempts = 2 });
}
