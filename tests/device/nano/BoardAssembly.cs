using System;
using System.IO;
using EdgeCnn.IlTools;

namespace EdgeCnn.Device.Tests;

/// <summary>What device/nano built.</summary>
internal static class BoardAssembly
{
    /// <summary>The array build of the runtime.</summary>
    internal static string RuntimePath { get; } = PathOf("EdgeCnn.Nano.dll");

    /// <summary>Its IL.</summary>
    internal static IlAssembly Runtime { get; } = IlAssembly.Read(RuntimePath);

    /// <summary>The reference core library that it was compiled against.</summary>
    internal static IlAssembly CoreLibrary { get; } = IlAssembly.Read(PathOf("mscorlib.dll"));

    private static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "nano", name);
}
