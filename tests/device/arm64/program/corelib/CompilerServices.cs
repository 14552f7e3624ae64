namespace System.Runtime.CompilerServices
{
    /// <summary>What ilc may do with a method.</summary>
    [Flags]
    public enum MethodImplOptions
    {
        /// <summary>Put it into its callers.</summary>
        AggressiveInlining = 256,

        /// <summary>Optimize it fully.</summary>
        AggressiveOptimization = 512,

        /// <summary>Its body is elsewhere.</summary>
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

        /// <summary>Constants in interfaces.</summary>
        public const string DefaultImplementationsOfInterfaces = nameof(DefaultImplementationsOfInterfaces);

        /// <summary>Static abstract methods: how operators are written once over all tiles.</summary>
        public const string VirtualStaticsInInterfaces = nameof(VirtualStaticsInInterfaces);
    }

    /// <summary>Marks methods that are called as if they were members.</summary>
    public sealed class ExtensionAttribute : Attribute;
}

namespace System.Runtime.InteropServices
{
    /// <summary>Part of how the C# compiler writes the constraint <c>unmanaged</c>.</summary>
    public enum UnmanagedType
    {
    }
}
