using System;
using System.Buffers.Binary;
using System.Collections.Frozen;
using System.Collections.Generic;
using EdgeCnn.Managed;

namespace EdgeCnn.Flash.Board;

/// <summary>A board refused a request: what, where, and what to do about it.</summary>
public sealed class BoardException : DeviceException
{
    private static readonly FrozenDictionary<BoardStatus, Func<uint, uint, string>> s_reasons =
        new Dictionary<BoardStatus, Func<uint, uint, string>>
        {
            [BoardStatus.UnknownCommand] = (_, _) =>
                "the board does not know the command; its firmware is older than this tool, build it again",
            [BoardStatus.WrongLength] = (_, _) => "the board expects another length; its firmware and this tool do not fit, update both",
            [BoardStatus.OutOfOrder] = (_, _) =>
                "the board started again in between, or another program uses the port; give the command again",
            [BoardStatus.WrongArgument] = (value, _) => $"{value} (0x{value:x}) is too large for the board or its model",
            [BoardStatus.NoModel] = (_, _) => "the board runs no model; send one with 'edgecnn flash'",
            [BoardStatus.SlotInUse] = (slot, _) => $"slot {slot} holds the model that runs; use the other slot",
            [BoardStatus.NotBlank] = (offset, _) => $"flash at offset 0x{offset:x} was written before; erase its block first",
            [BoardStatus.TooLarge] = (needed, there) => FormattableString.Invariant(
                $"{needed:n0} bytes are needed, the board has {there:n0}; use a smaller model or plan, or a board with more memory"),
            [BoardStatus.ModelRefused] = (error, where) => $"{ModelException.Describe((ModelError)error)} (byte 0x{where:x})",
            [BoardStatus.TestFailed] = (op, _) =>
                $"the model's own test fails at operator {op}: this board computes other bits; 'edgecnn device probe' shows where",
            [BoardStatus.NoTest] = (_, _) => "the model carries no self-test; export it again",
            [BoardStatus.SignatureRefused] = (error, _) =>
                $"the board runs signed models only, and refuses this one (signature error {error}); sign it with the board's key",
            [BoardStatus.FlashFailed] = (offset, _) =>
                $"flash at offset 0x{offset:x} does not read back as it was written; try again, and replace the board if it stays so",
            [BoardStatus.DeltaRefused] = (error, where) => $"{DeltaException.Describe((DeltaError)error)} (byte 0x{where:x})",
            [BoardStatus.CannotLearn] = (_, _) =>
                "the model has no plan for learning, or the firmware is built without it; make one with 'edgecnn plan-learning'",
        }.ToFrozenDictionary();

    internal BoardException(string port, BoardCommand command, BoardStatus status, ReadOnlySpan<byte> details)
        : base($"{port}: {command}: {Describe(status, Word(details, 0), Word(details, sizeof(uint)))}")
    {
        Command = command;
        Status = status;
        First = Word(details, 0);
        Second = Word(details, sizeof(uint));
    }

    /// <summary>What was asked.</summary>
    public BoardCommand Command { get; }

    /// <summary>What the board says.</summary>
    public BoardStatus Status { get; }

    /// <summary>The status's first number; 0 without one.</summary>
    public uint First { get; }

    /// <summary>The status's second number; 0 without one.</summary>
    public uint Second { get; }

    private static string Describe(BoardStatus status, uint first, uint second) =>
        s_reasons.TryGetValue(status, out var reason)
            ? reason(first, second)
            : $"status {(int)status} ({first}, {second}); update this tool";

    private static uint Word(ReadOnlySpan<byte> details, int at) =>
        details.Length >= at + sizeof(uint) ? BinaryPrimitives.ReadUInt32LittleEndian(details[at..]) : 0;
}
