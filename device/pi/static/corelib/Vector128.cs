using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace System.Runtime.Intrinsics;

/// <summary>Sixteen bytes.</summary>
[Intrinsic, StructLayout(LayoutKind.Sequential, Size = 16)]
public readonly struct Vector128<T>
{
    [Intrinsic] public static Vector128<T> operator +(Vector128<T> a, Vector128<T> b) => a + b;

    [Intrinsic] public static Vector128<T> operator *(Vector128<T> a, Vector128<T> b) => a * b;
}

/// <summary>Operations on 16 bytes, those of .NET by name.</summary>
public static unsafe class Vector128
{
    [Intrinsic] public static Vector128<ushort> Create(ushort value) => Create(value);

    [Intrinsic] public static Vector128<uint> Create(uint value) => Create(value);

    public static Vector128<byte> Load(byte* at) => *(Vector128<byte>*)at;

    public static Vector128<uint> Load(uint* at) => *(Vector128<uint>*)at;

    public static void Store(Vector128<uint> value, uint* at) => *(Vector128<uint>*)at = value;

    [Intrinsic] public static Vector128<ushort> WidenLower(Vector128<byte> value) => WidenLower(value);

    [Intrinsic] public static Vector128<ushort> WidenUpper(Vector128<byte> value) => WidenUpper(value);

    [Intrinsic] public static Vector128<uint> WidenLower(Vector128<ushort> value) => WidenLower(value);

    [Intrinsic] public static Vector128<uint> WidenUpper(Vector128<ushort> value) => WidenUpper(value);
}
