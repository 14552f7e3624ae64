using System.Collections.Generic;

namespace EdgeCnn.Cli.Results;

/// <summary>Where a model went.</summary>
/// <param name="ModelPath">The model file; null after a rollback.</param>
/// <param name="ModelId">Identity of its content.</param>
/// <param name="FileBytes">Its size.</param>
/// <param name="Board">The board that has it now; null when none was named.</param>
/// <param name="Files">Files that were written.</param>
internal sealed record FlashResult(string? ModelPath, string ModelId, int FileBytes, FlashBoardResult? Board, IReadOnlyList<FlashFileResult> Files);

/// <summary>What was done to a board.</summary>
/// <param name="Port">The line to it.</param>
/// <param name="Name">Its name.</param>
/// <param name="Slot">Where the model is.</param>
/// <param name="ResumedBytes">What was there already.</param>
/// <param name="SentBytes">What was sent.</param>
/// <param name="ErasedBlocks">Blocks that were made blank.</param>
/// <param name="Repeats">Requests that were sent again.</param>
/// <param name="Active">Whether the board runs it.</param>
internal sealed record FlashBoardResult(
    string Port, string Name, int Slot, int ResumedBytes, int SentBytes, int ErasedBlocks, int Repeats, bool Active);

/// <summary>A file for a board's programmer.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Form">uf2, hex, bin or c-array.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Address">Where its content goes; null where the programmer is told.</param>
internal sealed record FlashFileResult(string Path, string Form, long Bytes, uint? Address);
