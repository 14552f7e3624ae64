using System;
using System.Collections.Generic;
using System.Linq;
using EdgeCnn.Flash.Board;
using EdgeCnn.Flash.Tests.Support;
using EdgeCnn.Flash.Update;
using EdgeCnn.Tests.Boards;
using Xunit;

namespace EdgeCnn.Flash.Tests.Update;

public sealed class UploaderTests : IDisposable
{
    private readonly SimulatedBoard _board = new();
    private readonly BoardClient _client;

    public UploaderTests() => _client = DirectLine.Connect(_board);

    [Fact]
    public void A_first_upload_sends_all_and_erases_nothing()
    {
        var reached = new List<UploadProgress>();
        UploadResult result = new Uploader(_client, reached.Add).Upload(SmallModels.Plain);
        int pages = Pages(SmallModels.Plain);
        Assert.Equal(new UploadResult(0, Resumed: 0, Sent: pages, Erased: 0), result);
        Assert.Equal((0, pages), (reached[0].Bytes, reached[^1].Bytes));
    }

    [Fact]
    public void An_upload_of_what_is_there_sends_nothing()
    {
        new Uploader(_client).Upload(SmallModels.Plain);
        Assert.Equal(new UploadResult(0, Pages(SmallModels.Plain), Sent: 0, Erased: 0), new Uploader(_client).Upload(SmallModels.Plain));
    }

    [Fact]
    public void An_upload_goes_on_at_the_page_where_the_last_one_ended()
    {
        ReadOnlySpan<byte> file = SmallModels.Plain.Bytes.Span;
        _client.Page(0, 0, file[..640]);
        Assert.Equal(new UploadResult(0, 640, Pages(SmallModels.Plain) - 640, Erased: 0), new Uploader(_client).Upload(SmallModels.Plain));
    }

    [Fact]
    public void A_block_that_is_wrong_is_erased_and_those_behind_it()
    {
        new Uploader(_client).Upload(SmallModels.Plain);
        _board.FlashMemory.Span(0)[2 * SimulatedFlash.EraseBytes + 5] ^= 1;
        int blocks = (Pages(SmallModels.Plain) + SimulatedFlash.EraseBytes - 1) / SimulatedFlash.EraseBytes;
        Assert.Equal(
            new UploadResult(0, 2 * SimulatedFlash.EraseBytes, Pages(SmallModels.Plain) - 2 * SimulatedFlash.EraseBytes, blocks - 2),
            new Uploader(_client).Upload(SmallModels.Plain));
    }

    [Fact]
    public void An_upload_goes_beside_the_model_that_runs()
    {
        new Uploader(_client).Upload(SmallModels.Plain);
        _client.Activate(0);
        _client.ReadInfo();
        Assert.Equal(1, new Uploader(_client).Upload(SmallModels.Int4).Slot);
        Assert.Contains("slot 0 holds the model that runs", Assert.Throws<MisfitException>(() => new Uploader(_client).Upload(SmallModels.Int4, 0)).Message);
    }

    [Fact]
    public void A_model_that_does_not_fit_is_refused_before_anything_is_sent()
    {
        ScriptedBoard script = ScriptedBoard.After(_ => throw new InvalidOperationException("nothing may be sent"));
        using BoardClient client = script.Connect();
        ModelImage model = SmallModels.Plain;
        int used = model.Bytes.Length - 1;
        Assert.Equal(
            FormattableString.Invariant($"plain: has {model.Bytes.Length:n0} bytes, a slot of 'scripted' has {used:n0}; 1 are too many"),
            Refusal(client.Info with { SlotBytes = used }));
        Assert.Contains("which the firmware of 'scripted' was built without", Refusal(client.Info with { Operators = new HashSet<int>() }));
        Assert.StartsWith("plain: needs Conv2D,", Refusal(client.Info with { Operators = new HashSet<int>() }));
        Assert.EndsWith("; 1 are missing", Refusal(client.Info with { FreeBytes = RamNeeded(client.Info) - 1 }));
        model.RequireFits(client.Info with { FreeBytes = RamNeeded(client.Info) });
    }

    public void Dispose()
    {
        _client.Dispose();
        _board.Dispose();
    }

    private static string Refusal(BoardInfo info) => Assert.Throws<MisfitException>(() => SmallModels.Plain.RequireFits(info)).Message;

    /// <summary>The least RAM that is accepted.</summary>
    private static int RamNeeded(BoardInfo info) => Enumerable.Range(0, info.FreeBytes).First(bytes =>
    {
        try
        {
            SmallModels.Plain.RequireFits(info with { FreeBytes = bytes });
            return true;
        }
        catch (MisfitException)
        {
            return false;
        }
    });

    private static int Pages(ModelImage model) =>
        (model.Bytes.Length + SimulatedFlash.PageBytes - 1) / SimulatedFlash.PageBytes * SimulatedFlash.PageBytes;
}
