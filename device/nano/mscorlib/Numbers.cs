namespace System;

public struct Void
{
}

public struct Boolean
{
}

public struct Char
{
}

public struct SByte
{
}

public struct Byte
{
}

public struct Int16
{
}

public struct UInt16
{
}

public struct Int32
{
    public const int MinValue = -0x80000000;
    public const int MaxValue = 0x7fffffff;
}

public struct UInt32
{
    public const uint MaxValue = 0xffffffff;
}

public struct Int64
{
    public const long MinValue = -0x8000000000000000;
    public const long MaxValue = 0x7fffffffffffffff;
}

public struct UInt64
{
}
