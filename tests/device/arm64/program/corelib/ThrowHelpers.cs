namespace Internal.Runtime.CompilerHelpers;

/// <summary>Where ilc's code goes when a division can't be done, which no file that passes the check brings about.</summary>
internal static unsafe class ThrowHelpers
{
    private static void ThrowDivideByZeroException() => Stop();

    private static void ThrowOverflowException() => Stop();

    private static void ThrowPlatformNotSupportedException() => Stop();

    private static void Stop() => *(int*)0 = 0;
}
