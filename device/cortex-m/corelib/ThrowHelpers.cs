using EdgeCnn.Device;

namespace Internal.Runtime.CompilerHelpers;

/// <summary>What compiled code calls, by name, where .NET would throw: each prints its reason and ends the program with exit code 1.</summary>
internal static class ThrowHelpers
{
    private static void ThrowOverflowException() => Semihosting.Fail("integer overflow\n"u8);

    private static void ThrowIndexOutOfRangeException() => Semihosting.Fail("index out of range\n"u8);

    private static void ThrowNullReferenceException() => Semihosting.Fail("null reference\n"u8);

    private static void ThrowDivideByZeroException() => Semihosting.Fail("division by zero\n"u8);

    private static void ThrowInvalidProgramException(int id) => Semihosting.Fail("invalid program\n"u8);

    private static void ThrowInvalidProgramExceptionWithArgument(int id, string method) => Semihosting.Fail("invalid program\n"u8);

    private static void ThrowTypeLoadException(int id, string type, string assembly) => Semihosting.Fail("type not found\n"u8);
}

/// <summary>Named because ilc looks up the class that a full runtime starts with.</summary>
internal static class StartupCodeHelpers;
