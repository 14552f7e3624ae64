using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using EdgeCnn.Trainer.Import.Tflite;

namespace EdgeCnn.Tests;

/// <summary>
/// TensorFlow Lite files made by hand. A flatbuffer table is an array of its fields in the schema's order: null for one that is absent, a
/// number, a string, an array of numbers, a table, or an array of tables.
/// </summary>
internal sealed class TfliteBytes
{
    private readonly List<object?[]> _tensors = [], _operators = [], _codes = [], _buffers = [[null]];

    internal int Tensor(TfliteType type, int[] shape, float scale = 0, int zeroPoint = 0, byte[]? data = null, int[]? signature = null)
    {
        if (data is not null) _buffers.Add([data]);
        object?[]? quantization = scale == 0 ? null : [null, null, new[] { scale }, new[] { (long)zeroPoint }];
        _tensors.Add([shape, (byte)type, data is null ? 0 : _buffers.Count - 1, $"t{_tensors.Count}", quantization, null, null, signature]);
        return _tensors.Count - 1;
    }

    internal int Int32s(params int[] values) =>
        Tensor(TfliteType.Int32, [values.Length], data: [.. values.SelectMany(BitConverter.GetBytes)]);

    internal void Operator(TfliteOperator code, int[] inputs, int[] outputs, params object?[] options)
    {
        _codes.Add([(byte)Math.Min((int)code, 127), null, null, (int)code]);
        _operators.Add([_codes.Count - 1, inputs, outputs, null, options]);
    }

    internal byte[] File(int[] inputs, int[] outputs)
    {
        object?[] graph = [_tensors.ToArray(), inputs, outputs, _operators.ToArray()];
        List<byte> file = [.. new byte[4], .. "TFL3"u8];
        Patch(file, 0, Write(file, (object?[])[3, _codes.ToArray(), new object?[][] { graph }, null, _buffers.ToArray()]));
        return [.. file];
    }

    /// <summary>Appends a value that is referred to, and returns where it begins. What a table refers to comes after it.</summary>
    private static int Write(List<byte> file, object value)
    {
        switch (value)
        {
            case object?[][] tables:
                return WriteVector(file, tables.Length, tables);
            case object?[] fields:
                return WriteTable(file, fields);
            case string text:
                return WriteNumbers(file, Encoding.UTF8.GetBytes(text).Length, Encoding.UTF8.GetBytes(text));
            case byte[] bytes:
                return WriteNumbers(file, bytes.Length, bytes);
            case int[] numbers:
                return WriteNumbers(file, numbers.Length, [.. numbers.SelectMany(BitConverter.GetBytes)]);
            case long[] numbers:
                return WriteNumbers(file, numbers.Length, [.. numbers.SelectMany(BitConverter.GetBytes)]);
            case float[] numbers:
                return WriteNumbers(file, numbers.Length, [.. numbers.SelectMany(BitConverter.GetBytes)]);
            default:
                throw new ArgumentException($"{value.GetType()} is not a part of a flatbuffer");
        }
    }

    private static int WriteNumbers(List<byte> file, int count, byte[] bytes)
    {
        int at = file.Count;
        file.AddRange(BitConverter.GetBytes(count));
        file.AddRange(bytes);
        return at;
    }

    private static int WriteVector(List<byte> file, int count, object?[][] tables)
    {
        int at = WriteNumbers(file, count, new byte[4 * count]);
        for (int i = 0; i < count; i++) Patch(file, at + 4 + 4 * i, Write(file, tables[i]));
        return at;
    }

    private static int WriteTable(List<byte> file, object?[] fields)
    {
        int vtable = file.Count, size = 4 + 4 * fields.Length, table = vtable + 4 + 2 * fields.Length;
        file.AddRange(BitConverter.GetBytes((short)(4 + 2 * fields.Length)));
        file.AddRange(BitConverter.GetBytes((short)size));
        for (int i = 0; i < fields.Length; i++) file.AddRange(BitConverter.GetBytes((short)(fields[i] is null ? 0 : 4 + 4 * i)));
        file.AddRange(BitConverter.GetBytes(table - vtable));
        file.AddRange(new byte[4 * fields.Length]);
        for (int i = 0; i < fields.Length; i++)
        {
            int at = table + 4 + 4 * i;
            switch (fields[i])
            {
                case null: break;
                case byte number: file[at] = number; break;
                case bool flag: file[at] = (byte)(flag ? 1 : 0); break;
                case int number: Set(file, at, number); break;
                case object other: Patch(file, at, Write(file, other)); break;
            }
        }
        return table;
    }

    /// <summary>Makes the offset at <paramref name="at"/> point to <paramref name="target"/>.</summary>
    private static void Patch(List<byte> file, int at, int target) => Set(file, at, target - at);

    private static void Set(List<byte> file, int at, int value)
    {
        for (int i = 0; i < 4; i++) file[at + i] = (byte)(value >> (8 * i));
    }
}
