using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text;
using Google.Protobuf;

namespace EdgeCnn.Trainer.Import.Onnx;

/// <summary>
/// A message of Protocol Buffers, field by field and by number (protobuf.dev, "Encoding"). Nested messages are read only when they are
/// asked for, so that a file can't ask for any depth.
/// </summary>
internal sealed class ProtoMessage
{
    /// <summary>Numbers that stand one by one, each with its tag; what packs them counts as one.</summary>
    private const int MaxFields = 1 << 22;

    private readonly List<(int Number, ulong Value, ByteString? Bytes)> _fields = [];

    /// <summary>Reads the fields of a message.</summary>
    /// <exception cref="ImportException">The bytes are not a message.</exception>
    public ProtoMessage(ByteString bytes)
    {
        try
        {
            CodedInputStream input = bytes.CreateCodedInput();
            for (uint tag = input.ReadTag(); tag != 0; tag = input.ReadTag())
            {
                int number = WireFormat.GetTagFieldNumber(tag);
                if (_fields.Count == MaxFields) throw new ImportException($"a message of the file has more than {MaxFields} fields");
                _fields.Add(WireFormat.GetTagWireType(tag) switch
                {
                    WireFormat.WireType.Varint => (number, input.ReadUInt64(), null),
                    WireFormat.WireType.Fixed32 => (number, input.ReadFixed32(), null),
                    WireFormat.WireType.Fixed64 => (number, input.ReadFixed64(), null),
                    WireFormat.WireType.LengthDelimited => (number, 0, input.ReadBytes()),
                    _ => throw new ImportException($"the file is damaged: field {number} of a message has a wire type that is not used"),
                });
            }
        }
        catch (InvalidProtocolBufferException damaged)
        {
            throw new ImportException($"the file is damaged: {damaged.Message}");
        }
    }

    /// <summary>The last number of a field.</summary>
    public long Integer(int number, long missing = 0) => Numbers(number) is [.., var last] ? (long)last : missing;

    /// <summary>The last single-precision number of a field.</summary>
    public float Single(int number) => Numbers(number) is [.., var last] ? BitConverter.UInt32BitsToSingle((uint)last) : 0;

    /// <summary>The last text of a field.</summary>
    public string Text(int number) => Texts(number) is [.., var last] ? last : "";

    /// <summary>All texts of a field.</summary>
    public string[] Texts(int number) => [.. Parts(number).Select(part => Encoding.UTF8.GetString(part.Span))];

    /// <summary>The bytes of a field.</summary>
    public byte[] Bytes(int number) => Parts(number).LastOrDefault()?.ToByteArray() ?? [];

    /// <summary>Whether the field is there.</summary>
    public bool Has(int number) => _fields.Exists(field => field.Number == number);

    /// <summary>The message in a field, an empty one when it is absent.</summary>
    public ProtoMessage Message(int number) => new(Parts(number).LastOrDefault() ?? ByteString.Empty);

    /// <summary>All messages of a field.</summary>
    public ProtoMessage[] Messages(int number) => [.. Parts(number).Select(part => new ProtoMessage(part))];

    /// <summary>All integers of a field, packed or one by one.</summary>
    public long[] Integers(int number)
    {
        var values = new List<long>();
        foreach ((_, ulong value, ByteString? packed) in _fields.Where(field => field.Number == number))
        {
            if (packed is null) values.Add((long)value);
            else Unpack(packed, values);
        }
        return [.. values];
    }

    /// <summary>All single-precision numbers of a field, packed or one by one.</summary>
    public float[] Singles(int number) => [.. _fields.Where(field => field.Number == number).SelectMany(field => field.Bytes is { } packed
        ? MemoryMarshal.Cast<byte, float>(packed.Span[..(packed.Length & ~3)]).ToArray()
        : [BitConverter.UInt32BitsToSingle((uint)field.Value)])];

    private static void Unpack(ByteString packed, List<long> values)
    {
        try
        {
            CodedInputStream input = packed.CreateCodedInput();
            while (!input.IsAtEnd) values.Add((long)input.ReadUInt64());
        }
        catch (InvalidProtocolBufferException damaged)
        {
            throw new ImportException($"the file is damaged: {damaged.Message}");
        }
    }

    private ulong[] Numbers(int number) =>
        [.. _fields.Where(field => field.Number == number && field.Bytes is null).Select(field => field.Value)];

    private IEnumerable<ByteString> Parts(int number) =>
        _fields.Where(field => field.Number == number && field.Bytes is not null).Select(field => field.Bytes!);
}
