using System;
using System.IO;
using System.Linq;
using System.Threading;
using EdgeCnn.Flash.Board;
using EdgeCnn.Flash.Link;
using EdgeCnn.Flash.Update;
using EdgeCnn.Managed;
using EdgeCnn.Tests;
using EdgeCnn.Trainer.Learning;
using Xunit;

namespace EdgeCnn.Device.Tests;

/// <summary>Firmware in the emulator, spoken to through its serial line.</summary>
public sealed class BoardFirmwareTests(BoardFirmware firmware) : IClassFixture<BoardFirmware>
{
    private const string Machine = "mps2-an386";
    private const int LearnedSamples = 200, Cuts = 200;

    [Theory]
    [InlineData("mps2-an385")]
    [InlineData("mps2-an386")]
    [InlineData("mps3-an547")]
    public void A_model_sent_over_the_line_proves_itself_and_outlives_a_reset(string machine)
    {
        using EmulatedBoard board = firmware.Start(machine);
        using BoardClient client = board.Connect();
        Assert.Equal((machine, BootResult.Nothing), (client.Info.Name, client.Info.BootResult));
        ModelImage model = Load("digits8x8");

        new Uploader(client).Upload(model);
        client.Activate(0);
        Assert.True(client.SelfTest() > 0);
        client.Reset();

        Assert.Equal((0, BootResult.Newest, 0u), (client.ReadInfo().ActiveSlot, client.Info.BootResult, client.Info.FaultStatus));
        Assert.Equal(model.ModelId, client.Slot(0).ModelId);
        Assert.InRange(client.Info.StackBytes, 100u, 8192u);
    }

    [Fact]
    public void Public_models_give_the_desktop_s_answers_and_take_turns()
    {
        GoldenModel words = GoldenModel.Load("kws_ref"), pictures = GoldenModel.Load("resnet8");
        using EmulatedBoard board = firmware.Start(Machine);
        using BoardClient client = board.Connect();
        var uploader = new Uploader(client);
        uploader.Upload(new ModelImage(words.Model, "kws_ref"), 0);
        client.Activate(0);

        using EdgeModel desktop = EdgeModel.Open(words.Model);
        for (int i = 0; i < words.Inputs.Count; i++)
        {
            client.Input(0, words.Inputs[i]);
            Assert.Equal(words.Hashes[i], client.Probe().Select(entry => entry.Hash));
            words.Inputs[i].CopyTo(desktop.Bytes(desktop.Inputs[0]));
            desktop.Run();
            Assert.Equal(desktop.Bytes(desktop.Outputs[0]).ToArray(), client.Output(0, desktop.Outputs[0].ByteCount));
        }

        client.Input(0, words.Inputs[^1]);
        client.Run();
        Assert.Equal(desktop.Bytes(desktop.Outputs[0]).ToArray(), client.Output(0, desktop.Outputs[0].ByteCount));

        uploader.Upload(new ModelImage(pictures.Model, "resnet8"), 1);
        client.Activate(1);
        client.Input(0, pictures.Inputs[0]);
        Assert.Equal(pictures.Hashes[0], client.Probe().Select(entry => entry.Hash));
        client.Activate(0);
        client.Reset();
        Assert.Equal((0, BootResult.Newest), (client.ReadInfo().ActiveSlot, client.Info.BootResult));
        client.Input(0, words.Inputs[0]);
        Assert.Equal(words.Hashes[0], client.Probe().Select(entry => entry.Hash));
        Measured.Note(
            $"{Machine}, serial line: kws_ref and resnet8 uploaded, {words.Inputs.Count} of {words.Inputs.Count} inputs equal, rolled back");
    }

    [Fact]
    public void What_the_board_learned_is_what_the_desktop_learned_and_outlives_a_reset()
    {
        byte[] model = LearningPlanner.Apply(Load("digits8x8").Bytes.Span, new LearningSettings());
        using EmulatedBoard board = firmware.Start(Machine);
        using BoardClient client = board.Connect();
        new Uploader(client).Upload(new ModelImage(model, "digits8x8"), 0);
        client.Activate(0);

        using var desktop = EdgeModel.Open(model, new ModelOptions { Learns = true });
        for (int i = 0; i < LearnedSamples; i++)
        {
            byte[] input = new byte[desktop.Inputs[0].ByteCount];
            new Random(i).NextBytes(input);
            int label = i % 10;
            client.Input(0, input);
            BoardLearning step = client.Learn(label);
            input.CopyTo(desktop.Bytes(desktop.Inputs[0]));
            Assert.Equal(((uint)i + 1, desktop.Learn(label)), (step.Step, step.Answer));
        }
        byte[] delta = client.ReadDelta();
        Assert.Equal(Delta(desktop), delta);
        using var other = EdgeModel.Open(model, new ModelOptions { Learns = true });
        other.ApplyDelta(delta);
        desktop.Reset();
        desktop.ApplyDelta(delta);
        Assert.Equal(Hash(desktop), Hash(other));

        client.SaveDelta(delta);
        client.Reset();
        Assert.True(client.ReadInfo().Flags.HasFlag(BoardTraits.DeltaApplied | BoardTraits.CanLearn));
        Assert.Equal(delta, client.ReadDelta());
        client.DropDelta();
        client.Reset();
        Assert.False(client.ReadInfo().Flags.HasFlag(BoardTraits.DeltaApplied));
        Measured.Note($"{Machine}, serial line: {LearnedSamples} samples learned, the delta of {delta.Length} bytes is the desktop's and is saved");
    }

    [Fact]
    public void Uploads_are_resumed_wherever_the_line_is_cut()
    {
        // One more than slots: none of them is there already when its turn comes.
        ModelImage[] models = [Load("digits8x8"), Load("dscnn-digits"), Load("hand-signs-gray")];
        var random = new Random(1);
        using EmulatedBoard board = firmware.Start(Machine);
        int uploads = 0;
        for (int cuts = 0; cuts < Cuts;)
        {
            ModelImage model = models[uploads % models.Length];
            using BoardClient client = Client(board, random);
            try
            {
                new Uploader(client).Upload(model);
                client.Activate(client.Info.SpareSlot);
                uploads++;
            }
            catch (CutLineException)
            {
                cuts++;
            }
        }
        using BoardClient last = board.Connect();
        int slot = Assert.NotNull(last.Info.ActiveSlot);
        Assert.Contains(last.Slot(slot).ModelId, models.Select(model => model.ModelId));
        Assert.True(last.SelfTest() > 0);
        Measured.Note($"{Machine}, serial line: cut at {Cuts} random points of {uploads} uploads, each resumed");
    }

    [Fact]
    public void A_fault_is_told_after_the_reset_that_follows_it()
    {
        using EmulatedBoard board = firmware.Start(Machine, "faulting-once");
        using BoardClient client = board.Connect();

        Assert.True(client.Info.Flags.HasFlag(BoardTraits.AfterFault));
        Assert.Equal(0x8200u, client.Info.FaultStatus);
        Assert.InRange(client.Info.FaultAt, 1u, 0x100000u);
        client.Reset();
        Assert.Equal(0u, client.ReadInfo().FaultStatus);
    }

    [Fact]
    public void A_line_that_is_read_late_carries_every_answer()
    {
        // A socket of the file system takes 278 bytes before somebody must read: the board waits then, and goes on.
        const int questions = 60;
        string folder = Directory.CreateTempSubdirectory("edgecnn-line-").FullName;
        using var board = new EmulatedBoard(Machine, firmware.Build(Machine), Path.Combine(folder, "line"));
        using Transport line = board.Line();
        for (int i = 0; i < questions; i++) line.Write(new Frame((byte)BoardCommand.Info, 0, (ushort)(2 * i), default).Encode());
        Thread.Sleep(TimeSpan.FromSeconds(1));

        int answers = 0, count;
        byte[] bytes = new byte[256];
        do
        {
            count = line.Read(bytes, TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
            answers += bytes.AsSpan(0, count).Count((byte)0);
        }
        while (answers < questions && count > 0);
        Directory.Delete(folder, recursive: true);
        Assert.Equal(questions, answers);
    }

    private static ModelImage Load(string name) =>
        new(File.ReadAllBytes(Path.Combine(Repository.Root, "models", name, "model.ecnn")), name);

    private static byte[] Delta(EdgeModel model)
    {
        using var stream = new MemoryStream();
        model.SaveDelta(stream);
        return stream.ToArray();
    }

    private static unsafe ulong Hash(EdgeModel model) => Learner.Hash(model.ModelPointer, model.ArenaPointer);

    /// <summary>A client whose line is cut after a random number of bytes, but not before the board has answered once.</summary>
    private static BoardClient Client(EmulatedBoard board, Random random)
    {
        var line = new CutLine(board.Line());
        BoardClient client = EmulatedBoard.Connect(line);
        line.BytesLeft = random.Next(2000);
        return client;
    }
}
