namespace System;

// The C# compiler and ilc know these types by name and give them their size; the members are the constants that C# code asks for.

/// <summary>The type of nothing.</summary>
public struct Void;

/// <summary>One byte, 0 or 1.</summary>
public struct Boolean;

/// <summary>A UTF-16 code unit.</summary>
public struct Char;

/// <summary>An 8-bit signed integer.</summary>
public struct SByte
{
    /// <summary>−2⁷.</summary>
    public const sbyte MinValue = -128;

    /// <summary>2⁷ − 1.</summary>
    public const sbyte MaxValue = 127;
}

/// <summary>An 8-bit unsigned integer.</summary>
public struct Byte
{
    /// <summary>0.</summary>
    public const byte MinValue = 0;

    /// <summary>2⁸ − 1.</summary>
    public const byte MaxValue = 255;
}

/// <summary>A 16-bit signed integer.</summary>
public struct Int16
{
    /// <summary>−2¹⁵.</summary>
    public const short MinValue = -0x8000;

    /// <summary>2¹⁵ − 1.</summary>
    public const short MaxValue = 0x7fff;
}

/// <summary>A 16-bit unsigned integer.</summary>
public struct UInt16
{
    /// <summary>2¹⁶ − 1.</summary>
    public const ushort MaxValue = 0xffff;
}

/// <summary>A 32-bit signed integer.</summary>
public struct Int32
{
    /// <summary>−2³¹.</summary>
    public const int MinValue = -0x80000000;

    /// <summary>2³¹ − 1.</summary>
    public const int MaxValue = 0x7fffffff;
}

/// <summary>A 32-bit unsigned integer.</summary>
public struct UInt32
{
    /// <summary>2³² − 1.</summary>
    public const uint MaxValue = 0xffffffff;
}

/// <summary>A 64-bit signed integer.</summary>
public struct Int64
{
    /// <summary>−2⁶³.</summary>
    public const long MinValue = -0x8000000000000000;

    /// <summary>2⁶³ − 1.</summary>
    public const long MaxValue = 0x7fffffffffffffff;
}

/// <summary>A 64-bit unsigned integer.</summary>
public struct UInt64
{
    /// <summary>2⁶⁴ − 1.</summary>
    public const ulong MaxValue = 0xffffffffffffffff;
}

/// <summary>A pointer-sized signed integer.</summary>
public struct IntPtr;

/// <summary>A pointer-sized unsigned integer.</summary>
public struct UIntPtr;
