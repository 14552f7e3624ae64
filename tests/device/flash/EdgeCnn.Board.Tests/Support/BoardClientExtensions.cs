using EdgeCnn.Flash.Board;
using EdgeCnn.Flash.Update;

namespace EdgeCnn.Tests.Boards;

/// <summary>What tests do with a board before they begin.</summary>
internal static class BoardClientExtensions
{
    /// <summary>Sends a model to a slot, and lets it run.</summary>
    internal static void Install(this BoardClient client, ModelImage model, int slot)
    {
        new Uploader(client).Upload(model, slot);
        client.Activate(slot);
    }
}
