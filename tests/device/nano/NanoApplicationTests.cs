using System;
using System.IO;
using System.Linq;
using EdgeCnn.Flash.Board;
using EdgeCnn.Flash.Update;
using EdgeCnn.Managed;
using EdgeCnn.Tests;
using Xunit;

namespace EdgeCnn.Device.Tests;

/// <summary>The application for nanoFramework, as boards get it, from the sensor's registers to the pins.</summary>
public sealed class NanoApplicationTests
{
    private readonly Random _random = new(5);

    [Fact]
    public void A_frame_drives_the_pin_of_the_label_that_the_desktop_gives()
    {
        var board = new NanoBoard(NanoBoard.Plain);
        using EdgeModel desktop = EdgeModel.Open(NanoBoard.Plain);
        var seen = Enumerable.Range(0, 60).Select(_ => Frame()).Select(frame =>
        {
            int label = Label(desktop, frame);
            Assert.Equal([label], board.Classify(frame));
            return label;
        }).ToHashSet();
        Assert.True(seen.Count > 2, "the frames are all alike");
        Assert.True(board.Machine.LargestRead <= 512);
    }

    [Fact]
    public void The_label_waits_until_frames_agree()
    {
        var board = new NanoBoard(NanoBoard.Plain);
        using EdgeModel desktop = EdgeModel.Open(NanoBoard.Plain);
        byte[] first = Frame();
        byte[] second = Enumerable.Range(0, 1000).Select(_ => Frame()).First(frame => Label(desktop, frame) != Label(desktop, first));
        board.Classify(first);

        board.Machine.Show(second);
        board.Machine.Turn();
        Assert.True(board.Machine.IsHigh(Label(desktop, first)));
        board.Machine.Turn();
        Assert.False(board.Machine.IsHigh(Label(desktop, first)));
        Assert.True(board.Machine.IsHigh(Label(desktop, second)));
    }

    [Fact]
    public void A_sensor_that_does_not_answer_changes_nothing()
    {
        var board = new NanoBoard(NanoBoard.Plain);
        int[] before = board.Classify(Frame());
        board.Machine.Show(null);
        Assert.False(board.Machine.Turn());
        Assert.True(board.Machine.IsHigh(before.Single()));
    }

    [Fact]
    public void A_button_teaches_what_the_desktop_learns_and_it_outlives_the_power()
    {
        var board = new NanoBoard(NanoBoard.Learning);
        using EdgeModel desktop = EdgeModel.Open(NanoBoard.Learning, new ModelOptions { Learns = true });
        for (int i = 0; i < 20; i++) Teach(board, desktop, Frame(), i % 10);
        byte[] learned = Delta(desktop);
        Assert.Equal(learned, Read(board));

        board.Restart();

        Assert.Equal(learned, Read(board));
        byte[] frame = Frame();
        Assert.Equal([Label(desktop, frame)], board.Classify(frame));
    }

    [Fact]
    public void Power_may_go_at_every_write_of_a_lesson()
    {
        for (int writes = 0; ; writes++)
        {
            var board = new NanoBoard(NanoBoard.Learning);
            using EdgeModel desktop = EdgeModel.Open(NanoBoard.Learning, new ModelOptions { Learns = true });
            byte[] frame = Frame();
            Teach(board, desktop, frame, 3);
            byte[] before = Delta(desktop);
            board.Restart(writes);
            desktop.Reset();
            desktop.ApplyDelta(before);
            Teach(board, desktop, frame, 4);
            bool isCut = board.Machine.WritesLeft <= 0;

            board.Restart();

            byte[] after = Read(board);
            Assert.True(after.SequenceEqual(Delta(desktop)) || (isCut && after.SequenceEqual(before)), $"cut after {writes} writes");
            if (isCut) continue;
            Assert.True(writes > 2, "a lesson was saved without writing");
            return;
        }
    }

    [Fact]
    public void A_model_comes_over_the_line_and_is_taken_back()
    {
        var board = new NanoBoard(NanoBoard.Plain);
        byte[] frame = Frame();
        board.Classify(frame);
        using (BoardClient host = board.Connect())
        {
            Assert.Equal(0, host.Info.ActiveSlot);
            UploadResult upload = new Uploader(host).Upload(new ModelImage(NanoBoard.Int4, "int4"));
            Assert.Equal(1, upload.Slot);
            host.Activate(1);
        }
        using EdgeModel next = EdgeModel.Open(NanoBoard.Int4), plain = EdgeModel.Open(NanoBoard.Plain);
        CompareWith(next);
        board.Restart();
        CompareWith(next);
        using (BoardClient host = board.Connect())
        {
            host.Activate(0);
            host.Reset();
        }
        CompareWith(plain);

        void CompareWith(EdgeModel desktop)
        {
            for (int i = 0; i < 20; i++)
            {
                byte[] shown = Frame();
                Assert.Equal([Label(desktop, shown)], board.Classify(shown));
            }
        }
    }

    [Fact]
    public void The_host_runs_a_tensor_there()
    {
        var board = new NanoBoard([]);
        using EdgeModel desktop = EdgeModel.Open(NanoBoard.Plain);
        using BoardClient host = board.Connect();
        Assert.Null(host.Info.ActiveSlot);
        host.Activate(new Uploader(host).Upload(new ModelImage(NanoBoard.Plain, "plain")).Slot);
        desktop.SetPixels(Frame());
        host.Input(0, desktop.Bytes(desktop.Inputs[0]));
        host.Run();
        desktop.Run();
        Assert.Equal(desktop.Bytes(desktop.Outputs[0]).ToArray(), host.Output(0, 10));
    }

    [Fact]
    public void A_model_with_more_operators_than_there_was_room_for_gets_it_by_a_new_start()
    {
        var board = new NanoBoard([], operators: 0);
        using EdgeModel desktop = EdgeModel.Open(NanoBoard.Plain);
        using (BoardClient host = board.Connect())
            host.Activate(new Uploader(host).Upload(new ModelImage(NanoBoard.Plain, "plain")).Slot);
        Assert.True(board.Machine.Turn());

        board.Restart();

        byte[] frame = Frame();
        Assert.Equal([Label(desktop, frame)], board.Classify(frame));
    }

    [Fact]
    public void Power_may_go_at_every_write_of_an_update()
    {
        using EdgeModel old = EdgeModel.Open(NanoBoard.Plain), next = EdgeModel.Open(NanoBoard.Int4);
        int cuts = 0;
        for (int writes = 0; ; writes++)
        {
            var board = new NanoBoard(NanoBoard.Plain);
            board.Restart(writes);
            bool isActive = Update(board);
            bool isCut = board.Machine.WritesLeft <= 0;
            board.Restart();
            byte[] frame = Frame();
            int[] shown = board.Classify(frame);
            Assert.True(
                shown.SequenceEqual([Label(old, frame)]) || shown.SequenceEqual([Label(next, frame)]),
                $"nothing runs after a cut at write {writes}");
            if (isActive) Assert.Equal([Label(next, frame)], shown);
            if (!isCut) break;
            cuts++;
            Assert.True(Update(board), $"no update after a cut at write {writes}");
        }
        Assert.True(cuts >= 4);
        Measured.Note($"nanoFramework application: power cut at each of {cuts} writes of an update; a whole model ran after every one");
    }

    [Fact]
    public void A_model_that_is_larger_than_a_slot_runs_in_a_window_and_learns()
    {
        var board = new NanoBoard(NanoBoard.Learning, slotBytes: 1024);
        using EdgeModel desktop = EdgeModel.Open(NanoBoard.Learning, new ModelOptions { Learns = true });
        using (BoardClient host = board.Connect())
        {
            Assert.True(host.Info.SlotBytes < NanoBoard.Learning.Length);
            Assert.Null(host.Info.ActiveSlot);
            Assert.Throws<MisfitException>(() => new Uploader(host).Upload(new ModelImage(NanoBoard.Learning, "learning")));
        }
        byte[] frame = Frame();
        for (int i = 0; i < 5; i++) Teach(board, desktop, Frame(), i);
        Assert.Equal([Label(desktop, frame)], board.Classify(frame));
        board.Restart();
        for (int i = 0; i < 20; i++)
        {
            byte[] shown = Frame();
            Assert.Equal([Label(desktop, shown)], board.Classify(shown));
        }
    }

    private static bool Update(NanoBoard board)
    {
        try
        {
            using BoardClient host = board.Connect();
            if (host.Info.ActiveSlot == 1) return true;
            host.Activate(new Uploader(host).Upload(new ModelImage(NanoBoard.Int4, "int4")).Slot);
            return true;
        }
        catch (DeviceException)
        {
            return false;
        }
    }

    private static void Teach(NanoBoard board, EdgeModel desktop, byte[] frame, int label)
    {
        board.Machine.Show(frame);
        board.Machine.Turn();
        board.Machine.Press(label);
        board.Machine.Turn();
        desktop.SetPixels(frame);
        desktop.Learn(label);
    }

    private static int Label(EdgeModel desktop, byte[] frame)
    {
        desktop.SetPixels(frame);
        desktop.Run();
        return desktop.BestClass;
    }

    private static byte[] Delta(EdgeModel desktop)
    {
        using var delta = new MemoryStream();
        desktop.SaveDelta(delta);
        return delta.ToArray();
    }

    private static byte[] Read(NanoBoard board)
    {
        using BoardClient host = board.Connect();
        return host.ReadDelta();
    }

    /// <summary>A warm spot of another size somewhere.</summary>
    private byte[] Frame()
    {
        byte[] frame = new byte[64];
        int x = _random.Next(8), y = _random.Next(8), width = _random.Next(1, 5), height = _random.Next(1, 7);
        for (int i = 0; i < frame.Length; i++)
            frame[i] = (byte)(Math.Abs(i % 8 - x) < width && Math.Abs(i / 8 - y) < height ? _random.Next(150, 256) : _random.Next(60));
        return frame;
    }
}
