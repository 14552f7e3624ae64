namespace System.Runtime.CompilerServices;

/// <summary>What ilc may do with a method.</summary>
[Flags]
public enum MethodImplOptions
{
    /// <summary>Keep it out of its callers.</summary>
    NoInlining = 8,

    /// <summary>Put it into its callers.</summary>
    AggressiveInlining = 256,

    /// <summary>Optimize it fully.</summary>
    AggressiveOptimization = 512,

    /// <summary>Its body is elsewhere: needed beside <see cref="RuntimeImportAttribute"/>.</summary>
    InternalCall = 4096,
}

/// <summary>Says what ilc may do with a method.</summary>
public sealed class MethodImplAttribute(MethodImplOptions options) : Attribute
{
    /// <summary>The options.</summary>
    public MethodImplOptions Value { get; } = options;
}

/// <summary>Language features that the C# compiler asks the core library about.</summary>
public static class RuntimeFeature
{
    /// <summary>A <c>ref</c> field in a <c>ref struct</c>: the span has one.</summary>
    public const string ByRefFields = nameof(ByRefFields);
}

/// <summary>Locals are not set to zero where a method begins.</summary>
public sealed class SkipLocalsInitAttribute : Attribute;
