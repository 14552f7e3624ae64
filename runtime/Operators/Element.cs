namespace EdgeCnn;

/// <summary>Elements of int8 or int16 tensors, for operators that compute both in one loop.</summary>
internal static unsafe class Element
{
    /// <summary>Whether the tensor's elements are int16; otherwise they are int8.</summary>
    internal static bool IsWide(Bytes model, int tensor) => TensorRecord.Type(model, tensor) == ElementType.Int16;

    /// <summary>The element at offset <paramref name="at"/>.</summary>
    internal static int Read(Bytes bytes, int at, bool wide) => wide ? Memory.Int16(bytes, at) : (sbyte)bytes[at];

    /// <summary>Writes the element at offset <paramref name="at"/>; the value is one of its type.</summary>
    internal static void Write(Bytes bytes, int at, bool wide, int value)
    {
        if (wide) Memory.SetInt16(bytes, at, value);
        else bytes[at] = (byte)value;
    }
}
