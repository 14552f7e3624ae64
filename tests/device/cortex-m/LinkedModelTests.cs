using System;
using System.IO;
using System.Linq;
using EdgeCnn.Flash.Board;
using EdgeCnn.Flash.Update;
using EdgeCnn.Managed;
using EdgeCnn.Tests;
using Xunit;

namespace EdgeCnn.Device.Tests;

/// <summary>Firmware with a model in slot 0 from its first start: <c>-p:Model=FILE</c>.</summary>
public sealed class LinkedModelTests(BoardFirmware firmware) : IClassFixture<BoardFirmware>
{
    private static readonly string s_path = Path.Combine(Repository.Root, "models", "lenet5", "model.ecnn");
    private static readonly ModelImage s_model = new(File.ReadAllBytes(s_path), "lenet5");

    [Theory]
    [InlineData("mps2-an386")]
    [InlineData("netduinoplus2")]                              // an STM32F405
    public void A_board_classifies_from_its_first_start(string machine)
    {
        using EmulatedBoard board = firmware.Start(machine, model: s_path);
        using BoardClient client = board.Connect();

        Assert.Equal((machine, 0, BootResult.First), (client.Info.Name, client.Info.ActiveSlot, client.Info.BootResult));
        Assert.Equal(s_model.ModelId, client.Slot(0).ModelId);
        Assert.True(client.SelfTest() > 0);
        using EdgeModel desktop = EdgeModel.Open(s_model.Bytes.ToArray());
        byte[] input = new byte[desktop.Inputs[0].ByteCount];
        new Random(1).NextBytes(input);
        input.CopyTo(desktop.Bytes(desktop.Inputs[0]));
        client.Input(0, input);
        Assert.Equal(desktop.RunProbed().Select(entry => entry.Hash), client.Probe().Select(entry => entry.Hash));
        client.Reset();
        Assert.Equal((0, 0u), (client.ReadInfo().ActiveSlot, client.Info.FaultStatus));
        Measured.Note($"{machine}: LeNet-5 linked into slot 0 runs from the first start, every operator's hash equal");
    }

    [Fact]
    public void Another_model_goes_beside_it_and_takes_over()
    {
        var other = new ModelImage(File.ReadAllBytes(Path.Combine(Repository.Root, "models", "digits8x8", "model.ecnn")), "digits8x8");
        using EmulatedBoard board = firmware.Start("mps2-an386", model: s_path);
        using BoardClient client = board.Connect();

        Assert.Equal(0, client.Slot(1).Written);
        new Uploader(client).Upload(other);
        client.Activate(1);
        client.Reset();

        Assert.Equal((1, BootResult.Newest), (client.ReadInfo().ActiveSlot, client.Info.BootResult));
        Assert.Equal((s_model.ModelId, other.ModelId), (client.Slot(0).ModelId, client.Slot(1).ModelId));
        new Uploader(client).Upload(other, 0);
        Assert.Equal(other.ModelId, client.Activate(0));
    }

    [Fact]
    public void Flash_that_does_not_change_is_told()
    {
        // The emulator has the STM32F405's flash as memory, and no controller that would change it.
        using EmulatedBoard board = firmware.Start("netduinoplus2", model: s_path);
        using BoardClient client = board.Connect();

        BoardException refused = Assert.Throws<BoardException>(() => client.Erase(1, 0));

        Assert.Equal(BoardStatus.FlashFailed, refused.Status);
        Assert.Equal(0, client.ReadInfo().ActiveSlot);
    }

    [Fact]
    public void A_model_that_is_larger_than_a_slot_is_refused_by_the_build()
    {
        string large = Path.Combine(Path.GetDirectoryName(firmware.Build("mps2-an386"))!, "large.ecnn");
        File.WriteAllBytes(large, new byte[0x20001]);

        InvalidOperationException refused = Assert.Throws<InvalidOperationException>(() => firmware.Build("nucleo-f446re", model: large));

        Assert.Contains("will not fit in region `SLOT'", refused.Message, StringComparison.Ordinal);
    }
}
