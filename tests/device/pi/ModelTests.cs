using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using EdgeCnn.Managed;
using EdgeCnn.Pi.Models;
using EdgeCnn.Pi.Settings;
using EdgeCnn.Pi.Tests.Support;
using EdgeCnn.Tests;
using Xunit;

namespace EdgeCnn.Pi.Tests;

public sealed class ModelTests
{
    [Fact]
    public async Task An_installed_model_runs_is_trusted_after_its_trial_and_can_be_rolled_back()
    {
        using var station = new Station(TestModels.Digits);
        await station.Service.Models.Install(TestModels.Teachable, "new");
        Station.Until(() => Running(station) is { Slot: 'b', IsOnTrial: false }, "the trial was over");
        Assert.Equal(Id(TestModels.Teachable), Running(station).ModelId);
        await station.Service.Models.RollBack();
        Assert.Equal(('a', Id(TestModels.Digits)), (Running(station).Slot, Running(station).ModelId));
        station.Frames(3);
    }

    [Fact]
    public async Task A_start_within_the_trial_returns_to_the_model_before()
    {
        using var scratch = new Scratch();
        Func<PiSettings, PiSettings> never = settings => settings with
        {
            Model = settings.Model with { Folder = scratch.At("state"), TrialFrames = 10_000 },
        };
        using (var station = new Station(TestModels.Digits, never))
        {
            await station.Service.Models.Install(TestModels.Teachable, "new");
            Assert.True(Running(station).IsOnTrial);
        }
        using var again = new Station(TestModels.Digits, never);
        Assert.Equal(('a', false), (Running(again).Slot, Running(again).IsOnTrial));
        Assert.Contains("while the model of slot b was on trial", again.Service.Models.Trouble);
    }

    [Fact]
    public async Task A_second_model_within_the_trial_of_the_first_leaves_the_trusted_one_alone()
    {
        using var station = new Station(
            TestModels.Digits, settings => settings with { Model = settings.Model with { TrialFrames = 10_000 } });
        await station.Service.Models.Install(TestModels.Teachable, "new");
        await station.Service.Models.Install(TestModels.Signs, "newer");
        Assert.Equal([Id(TestModels.Digits), Id(TestModels.Signs)], station.Service.Models.List.Select(slot => slot.ModelId));
        await station.Service.Models.RollBack();
        Assert.Equal(Id(TestModels.Digits), Running(station).ModelId);
    }

    [Fact]
    public async Task A_model_that_fails_a_frame_on_trial_gives_way_to_the_one_before()
    {
        using var station = new Station(
            TestModels.Digits, settings => settings with { Model = settings.Model with { TrialFrames = 10_000 } });
        await station.Service.Models.Install(TestModels.Teachable, "new");
        Assert.True(Running(station).IsOnTrial);
        station.Camera.IsSpoiled = true;
        Station.Until(() => Running(station) is { Slot: 'a', IsOnTrial: false }, "the model before ran again");
        Assert.Contains("the new model failed", station.Service.Models.Trouble);
        station.Camera.IsSpoiled = false;
        station.Frames(3);
        Assert.Equal(Id(TestModels.Digits), station.Service.Inference.Engine!.ModelId);
    }

    [Theory]
    [MemberData(nameof(BadModels))]
    public async Task A_bad_model_is_refused_and_the_one_that_runs_goes_on(string reason, Func<byte[]> model)
    {
        using var station = new Station(TestModels.Digits);
        InvalidDataException refusal = await Assert.ThrowsAsync<InvalidDataException>(() => station.Service.Models.Install(model(), "new"));
        Assert.Contains(reason, refusal.Message);
        Assert.Equal("slot-a.ecnn", Path.GetFileName(Assert.Single(Directory.GetFiles(station.Folder, "*.ecnn"))));
        Assert.Equal('a', Running(station).Slot);
        station.Frames(3);
    }

    [Fact]
    public void A_slot_that_was_damaged_gives_way_to_the_other_one()
    {
        using var scratch = new Scratch();
        string folder = Directory.CreateDirectory(scratch.At("state")).FullName;
        byte[] damaged = TestModels.Digits.ToArray();
        damaged[^1] ^= 1;
        File.WriteAllBytes(Path.Combine(folder, "slot-a.ecnn"), damaged);
        File.WriteAllBytes(Path.Combine(folder, "slot-b.ecnn"), TestModels.Teachable);
        File.WriteAllText(Path.Combine(folder, "slots.json"), """{"Running":"a","IsOnTrial":false}""");
        using var station = new Station(null, settings => settings with { Model = settings.Model with { Folder = folder } });
        Assert.Equal('b', Running(station).Slot);
        Assert.Contains("slot a can't be used", station.Service.Models.Trouble);
        station.Frames(3);
    }

    [Fact]
    public void A_folder_for_lessons_that_cannot_be_made_leaves_a_camera_that_sees()
    {
        using var scratch = new Scratch();
        string folder = Directory.CreateDirectory(scratch.At("state")).FullName;
        File.WriteAllText(Path.Combine(folder, "lessons"), "in the way");
        using var station = new Station(
            TestModels.Teachable, settings => settings with { Model = settings.Model with { Folder = folder } });
        station.Frames(3);
        Assert.Contains("the model can't be taught", station.Service.Models.Trouble);
    }

    [Fact]
    public async Task Without_a_model_the_camera_waits_for_one()
    {
        using var station = new Station(null);
        Assert.Contains("there is no model yet", station.Service.Models.Trouble);
        await station.Service.Models.Install(TestModels.Digits, "new");
        station.Frames(3);
        Assert.Empty(station.Service.Models.Trouble);
    }

    [Fact]
    public void A_file_in_the_inbox_is_installed_and_one_that_is_no_model_refused()
    {
        using var scratch = new Scratch();
        string inbox = Directory.CreateDirectory(scratch.At("inbox")).FullName;
        using var station = new Station(TestModels.Digits);
        using var watching = new Inbox(
            new ModelSettings { Inbox = inbox }, station.Service.Models, TimeSpan.FromMilliseconds(20), new TestLog());
        File.WriteAllText(Path.Combine(inbox, "a.ecnn"), "no model");
        File.WriteAllBytes(Path.Combine(inbox, "b.ecnn"), TestModels.Teachable);
        string[] after = ["a.ecnn.refused", "b.ecnn.installed"];
        Station.Until(() => Directory.GetFiles(inbox).Select(Path.GetFileName).Order().SequenceEqual(after), "both were seen");
        Assert.Equal('b', Running(station).Slot);
    }

    public static TheoryData<string, Func<byte[]>> BadModels => new()
    {
        { "new: this is not an .ecnn model file", () => new byte[4096] },
        { "new: a section is damaged", () => [.. TestModels.Digits[..^1], (byte)(TestModels.Digits[^1] ^ 1)] },
        { "new: the file ends too early", () => TestModels.Digits[..100] },
        { "more than Model:MaxBytes allows", () => new byte[(16 << 20) + 1] },
        { "it listens to sound", () => File.ReadAllBytes(Path.Combine(Repository.Root, "models", "dscnn-digits", "model.ecnn")) },
    };

    private static SlotInfo Running(Station station) => station.Service.Models.List.Single(slot => slot.IsRunning);

    private static string Id(byte[] file)
    {
        using EdgeModel model = EdgeModel.Open(file);
        return model.Info.ModelId;
    }
}
