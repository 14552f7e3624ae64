using System;
using System.Collections.Generic;
using System.IO;
using Google.Protobuf;

namespace EdgeCnn.Trainer.Export.Onnx;

/// <summary>A message of Protocol Buffers, written field by field and by number (protobuf.dev, "Encoding").</summary>
internal sealed class ProtoWriter
{
    private readonly List<byte> _bytes = [];

    /// <summary>A whole number.</summary>
    public ProtoWriter Number(int field, long value) => Add(field, WireFormat.WireType.Varint, output => output.WriteInt64(value));

    /// <summary>A number of single precision.</summary>
    public ProtoWriter Single(int field, float value) => Add(field, WireFormat.WireType.Fixed32, output => output.WriteFloat(value));

    /// <summary>A text.</summary>
    public ProtoWriter Text(int field, string value) => Add(field, WireFormat.WireType.LengthDelimited, output => output.WriteString(value));

    /// <summary>Bytes.</summary>
    public ProtoWriter Bytes(int field, ReadOnlyMemory<byte> value) => Add(
        field, WireFormat.WireType.LengthDelimited, output => output.WriteBytes(UnsafeByteOperations.UnsafeWrap(value)));

    /// <summary>A message within this one.</summary>
    public ProtoWriter Message(int field, ProtoWriter value) => Bytes(field, value.ToArray());

    /// <summary>A field once for every value.</summary>
    public ProtoWriter All<TValue>(IEnumerable<TValue> values, Action<ProtoWriter, TValue> write)
    {
        foreach (TValue value in values) write(this, value);
        return this;
    }

    /// <summary>The message so far.</summary>
    public byte[] ToArray() => [.. _bytes];

    private ProtoWriter Add(int field, WireFormat.WireType type, Action<CodedOutputStream> write)
    {
        using var bytes = new MemoryStream();
        using (var output = new CodedOutputStream(bytes, leaveOpen: true))
        {
            output.WriteTag(field, type);
            write(output);
        }
        _bytes.AddRange(bytes.ToArray());
        return this;
    }
}
