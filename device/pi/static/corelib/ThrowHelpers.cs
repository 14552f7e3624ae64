namespace Internal.Runtime.CompilerHelpers;

/// <summary>Where ilc's code goes, by name, when a division has no result; no divisor here can be 0, and it ends the program.</summary>
internal static unsafe class ThrowHelpers
{
    internal static void ThrowDivideByZeroException() => End();

    internal static void ThrowOverflowException() => End();

    private static void End() => *(int*)0 = 0;
}
