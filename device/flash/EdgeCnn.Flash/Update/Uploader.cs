using System;
using EdgeCnn.Flash.Board;
using EdgeCnn.Flash.Link;

namespace EdgeCnn.Flash.Update;

/// <summary>
/// Brings a model into a slot that does not run (PROTOCOL.md, "An update"). What is there already is not sent again, so that an upload that
/// was cut goes on where it was; the board runs its old model until <see cref="BoardClient.Activate"/>.
/// </summary>
public sealed class Uploader(BoardClient board, Action<UploadProgress>? progress = null)
{
    private const int MostAttempts = 3;

    /// <summary>Sends what is missing, and compares and verifies all of it.</summary>
    /// <param name="model">The model.</param>
    /// <param name="slot">Where it goes; the slot that does not run when null.</param>
    /// <exception cref="MisfitException">The board can't run it; nothing was sent.</exception>
    /// <exception cref="BoardException">The board refuses it.</exception>
    public UploadResult Upload(ModelImage model, int? slot = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        model.RequireFits(board.Info);
        int to = slot ?? board.Info.SpareSlot;
        if (to == board.Info.ActiveSlot)
            throw new MisfitException($"{board.Port}: slot {to} holds the model that runs; send to slot {board.Info.SpareSlot}");
        byte[] pages = model.Pages(board.Info.PageBytes);
        var result = new UploadResult(to, Resumed: -1, Sent: 0, Erased: 0);
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                result = Complete(pages, result);
                break;
            }
            catch (BoardException spoilt) when (spoilt.Status is BoardStatus.NotBlank or BoardStatus.FlashFailed && attempt < MostAttempts)
            {
                // A page that lost power half-way; its block is not what it should be, and is erased now.
            }
        }
        int bytes = board.Verify(to);
        return bytes == model.Bytes.Length
            ? result
            : throw new BoardSilentException(
                $"{board.Port}: slot {to} verifies {bytes} bytes, {model.Bytes.Length} were sent; give the command again");
    }

    private UploadResult Complete(byte[] pages, UploadResult result)
    {
        int slot = result.Slot, written = board.Slot(slot).Written, start = FirstMissing(pages, slot, written);
        int erased = result.Erased, sent = result.Sent;
        progress?.Invoke(new UploadProgress(slot, start, pages.Length));
        // A block that is partly right is erased as a whole; what lies behind the last page that was written is blank.
        if (start < Math.Min(written, pages.Length))
            for (int block = start; block < written; block += board.Info.EraseBytes, erased++) board.Erase(slot, block);
        int most = (board.Info.MaxPayload - 8) / board.Info.PageBytes * board.Info.PageBytes;
        for (int at = start; at < pages.Length; at += most)
        {
            int count = Math.Min(most, pages.Length - at);
            board.Page(slot, at, pages.AsSpan(at, count));
            sent += count;
            progress?.Invoke(new UploadProgress(slot, at + count, pages.Length));
        }
        if (board.Crc(slot, 0, pages.Length) != Checksum.Of(pages))
            throw new BoardSilentException($"{board.Port}: slot {slot} does not hold what was sent; give the command again");
        return result with { Resumed = result.Resumed < 0 ? start : result.Resumed, Sent = sent, Erased = erased };
    }

    /// <summary>
    /// From where on pages are to be sent: the end of what was written when all of it is right, else the first block that is not.
    /// </summary>
    private int FirstMissing(byte[] pages, int slot, int written)
    {
        int there = Math.Min(written, pages.Length);
        if (there == 0 || Same(pages, slot, 0, there)) return there;
        int block = 0;
        while (Same(pages, slot, block, Math.Min(board.Info.EraseBytes, there - block))) block += board.Info.EraseBytes;
        return block;
    }

    private bool Same(byte[] pages, int slot, int offset, int count) =>
        count > 0 && board.Crc(slot, offset, count) == Checksum.Of(pages.AsSpan(offset, count));
}
