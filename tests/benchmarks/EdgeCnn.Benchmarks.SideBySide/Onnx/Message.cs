using System;
using System.Collections.Generic;
using System.IO;
using Google.Protobuf;

namespace EdgeCnn.Benchmarks.SideBySide.Onnx;

/// <summary>A protocol buffer message, written field by field; the numbers are those of <c>onnx.proto</c>.</summary>
internal sealed class Message
{
    private readonly List<Action<CodedOutputStream>> _fields = [];

    /// <summary>Appends an integer or enumeration field.</summary>
    public Message Add(int field, long value) => Add(field, WireFormat.WireType.Varint, output => output.WriteInt64(value));

    /// <summary>Appends a text field.</summary>
    public Message Add(int field, string value) => Add(field, WireFormat.WireType.LengthDelimited, output => output.WriteString(value));

    /// <summary>Appends a field of bytes.</summary>
    public Message Add(int field, ReadOnlySpan<byte> value)
    {
        ByteString bytes = ByteString.CopyFrom(value);
        return Add(field, WireFormat.WireType.LengthDelimited, output => output.WriteBytes(bytes));
    }

    /// <summary>Appends a message, as it is now, as a field.</summary>
    public Message Add(int field, Message value) => Add(field, value.ToArray());

    /// <summary>The message's bytes.</summary>
    public byte[] ToArray()
    {
        using var bytes = new MemoryStream();
        using (var output = new CodedOutputStream(bytes, leaveOpen: true))
        {
            foreach (Action<CodedOutputStream> write in _fields) write(output);
        }
        return bytes.ToArray();
    }

    private Message Add(int field, WireFormat.WireType type, Action<CodedOutputStream> write)
    {
        _fields.Add(output =>
        {
            output.WriteTag(field, type);
            write(output);
        });
        return this;
    }
}
