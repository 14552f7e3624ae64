using System.Runtime.CompilerServices;

namespace System.Runtime.Intrinsics
{
    /// <summary>Eight bytes.</summary>
    [Intrinsic]
    public readonly struct Vector64<T>
    {
#pragma warning disable CS0169 // The size is what counts.
        private readonly ulong _00;
    }

    /// <summary>Sixteen bytes.</summary>
    [Intrinsic]
    public readonly struct Vector128<T>
    {
        private readonly ulong _00, _01;
#pragma warning restore CS0169

        public static int Count { [Intrinsic] get => Count; }

        [Intrinsic] public static Vector128<T> operator +(Vector128<T> a, Vector128<T> b) => a + b;
    }

    /// <summary>Operations on 16 bytes.</summary>
    public static unsafe class Vector128
    {
        [Intrinsic] public static Vector128<sbyte> Create(sbyte value) => Create(value);

        [Intrinsic] public static Vector128<byte> Create(byte value) => Create(value);

        [Intrinsic] public static Vector128<short> Create(short value) => Create(value);

        [Intrinsic] public static Vector128<T> Max<T>(Vector128<T> a, Vector128<T> b) => Max(a, b);

        [Intrinsic] public static Vector128<T> Min<T>(Vector128<T> a, Vector128<T> b) => Min(a, b);

        [Intrinsic] public static Vector128<T> GreaterThan<T>(Vector128<T> a, Vector128<T> b) => GreaterThan(a, b);

        [Intrinsic] public static Vector128<T> ConditionalSelect<T>(Vector128<T> mask, Vector128<T> a, Vector128<T> b) => ConditionalSelect(mask, a, b);

        [Intrinsic] public static bool LessThanAll<T>(Vector128<T> a, Vector128<T> b) => LessThanAll(a, b);

        [Intrinsic] public static Vector128<short> WidenLower(Vector128<sbyte> value) => WidenLower(value);

        [Intrinsic] public static Vector128<short> WidenUpper(Vector128<sbyte> value) => WidenUpper(value);

        [Intrinsic] public static Vector64<T> GetLower<T>(this Vector128<T> value) => GetLower(value);

        [Intrinsic] public static Vector64<T> GetUpper<T>(this Vector128<T> value) => GetUpper(value);

        [Intrinsic] public static Vector128<ulong> AsUInt64<T>(this Vector128<T> value) => AsUInt64(value);

        [Intrinsic] public static Vector128<sbyte> AsSByte<T>(this Vector128<T> value) => AsSByte(value);

        [Intrinsic] public static T ToScalar<T>(this Vector128<T> value) => ToScalar(value);

        [Intrinsic] public static T GetElement<T>(this Vector128<T> value, int index) => GetElement(value, index);
    }
}

namespace System.Runtime.Intrinsics.Arm
{
    /// <summary>Arm64 vectors.</summary>
    [Intrinsic]
    public abstract unsafe class AdvSimd
    {
        public static bool IsSupported { get => IsSupported; }

        public static Vector64<sbyte> LoadVector64(sbyte* at) => LoadVector64(at);

        public static Vector128<sbyte> LoadVector128(sbyte* at) => LoadVector128(at);

        public static Vector128<short> LoadVector128(short* at) => LoadVector128(at);

        public static Vector128<int> LoadVector128(int* at) => LoadVector128(at);

        public static void Store(sbyte* at, Vector128<sbyte> value) => Store(at, value);

        public static void Store(short* at, Vector128<short> value) => Store(at, value);

        public static void Store(int* at, Vector128<int> value) => Store(at, value);

        public static Vector128<short> LoadAndReplicateToVector128(short* at) => LoadAndReplicateToVector128(at);

        public static Vector128<int> LoadAndReplicateToVector128(int* at) => LoadAndReplicateToVector128(at);

        public static Vector128<sbyte> DuplicateToVector128(sbyte value) => DuplicateToVector128(value);

        public static Vector128<int> DuplicateToVector128(int value) => DuplicateToVector128(value);

        public static Vector128<short> SignExtendWideningLower(Vector64<sbyte> value) => SignExtendWideningLower(value);

        public static Vector128<int> SignExtendWideningLower(Vector64<short> value) => SignExtendWideningLower(value);

        public static Vector128<short> SignExtendWideningUpper(Vector128<sbyte> value) => SignExtendWideningUpper(value);

        public static Vector128<int> SignExtendWideningUpper(Vector128<short> value) => SignExtendWideningUpper(value);

        public static Vector128<int> MultiplyWideningLowerAndAdd(Vector128<int> a, Vector64<short> b, Vector64<short> c) => MultiplyWideningLowerAndAdd(a, b, c);

        public static Vector128<int> MultiplyWideningUpperAndAdd(Vector128<int> a, Vector128<short> b, Vector128<short> c) => MultiplyWideningUpperAndAdd(a, b, c);

        public static Vector128<int> MultiplyRoundedDoublingSaturateHigh(Vector128<int> a, Vector128<int> b) => MultiplyRoundedDoublingSaturateHigh(a, b);

        public static Vector128<short> Add(Vector128<short> a, Vector128<short> b) => Add(a, b);

        public static Vector128<int> Add(Vector128<int> a, Vector128<int> b) => Add(a, b);

        public static Vector128<short> Subtract(Vector128<short> a, Vector128<short> b) => Subtract(a, b);

        public static Vector128<int> Subtract(Vector128<int> a, Vector128<int> b) => Subtract(a, b);

        public static Vector128<int> AddSaturate(Vector128<int> a, Vector128<int> b) => AddSaturate(a, b);

        public static Vector128<int> ShiftRightArithmetic(Vector128<int> a, [ConstantExpected] byte count) => ShiftRightArithmetic(a, count);

        public static Vector128<int> ShiftArithmetic(Vector128<int> a, Vector128<int> count) => ShiftArithmetic(a, count);

        public static Vector128<int> ShiftArithmeticRounded(Vector128<int> a, Vector128<int> count) => ShiftArithmeticRounded(a, count);

        public static Vector64<short> ExtractNarrowingSaturateLower(Vector128<int> value) => ExtractNarrowingSaturateLower(value);

        public static Vector64<sbyte> ExtractNarrowingSaturateLower(Vector128<short> value) => ExtractNarrowingSaturateLower(value);

        public static Vector128<short> ExtractNarrowingSaturateUpper(Vector64<short> lower, Vector128<int> value) => ExtractNarrowingSaturateUpper(lower, value);

        public static Vector128<sbyte> ExtractNarrowingSaturateUpper(Vector64<sbyte> lower, Vector128<short> value) => ExtractNarrowingSaturateUpper(lower, value);

        public static Vector128<sbyte> Max(Vector128<sbyte> a, Vector128<sbyte> b) => Max(a, b);

        public static Vector128<sbyte> Min(Vector128<sbyte> a, Vector128<sbyte> b) => Min(a, b);

        /// <summary>What only 64-bit processors have.</summary>
        [Intrinsic]
        public abstract class Arm64
        {
            public static bool IsSupported { get => IsSupported; }
        }
    }

    /// <summary>The dot product extension.</summary>
    [Intrinsic]
    public abstract class Dp
    {
        public static bool IsSupported { get => IsSupported; }

        public static Vector128<int> DotProduct(Vector128<int> sum, Vector128<sbyte> a, Vector128<sbyte> b) => DotProduct(sum, a, b);
    }

    /// <summary>A parameter that becomes part of an instruction.</summary>
    public sealed class ConstantExpectedAttribute : Attribute;
}
