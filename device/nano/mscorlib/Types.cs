namespace System;

// The roots of the type system. The compiler looks each of them up, whether the runtime uses it or not.

public class Object
{
}

public abstract class ValueType
{
}

public abstract class Enum : ValueType
{
}

public abstract class Array
{
    public int Length => throw null;

    public static void Copy(Array sourceArray, int sourceIndex, Array destinationArray, int destinationIndex, int length) => throw null;
}

public abstract class Delegate
{
}

public abstract class MulticastDelegate : Delegate
{
}

public struct IntPtr
{
}

public sealed class String
{
    public String(char[] value) => throw null;

    public char[] ToCharArray() => throw null;
}

public class Exception
{
}

public class Attribute
{
}

public abstract class MarshalByRefObject
{
}
