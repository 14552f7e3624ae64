using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;

namespace EdgeCnn;

/// <summary>128-bit vectors of Arm64.</summary>
internal readonly unsafe struct AdvSimdWinogradLanes : IWinogradLanes<Vector128<short>, Vector128<int>>
{
    public static int Count => 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<short> Widen(sbyte* at) => AdvSimd.SignExtendWideningLower(AdvSimd.LoadVector64(at));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<short> Load(short* at) => AdvSimd.LoadVector128(at);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(short* at, Vector128<short> value) => AdvSimd.Store(at, value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<short> Add(Vector128<short> a, Vector128<short> b) => AdvSimd.Add(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<short> Subtract(Vector128<short> a, Vector128<short> b) => AdvSimd.Subtract(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Load(int* at) => AdvSimd.LoadVector128(at);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(int* at, Vector128<int> value) => AdvSimd.Store(at, value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Add(Vector128<int> a, Vector128<int> b) => AdvSimd.Add(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Subtract(Vector128<int> a, Vector128<int> b) => AdvSimd.Subtract(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Quarter(Vector128<int> value) => AdvSimd.ShiftRightArithmetic(value, 2);
}
