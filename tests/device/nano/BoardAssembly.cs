using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Loader;
using EdgeCnn.IlTools;

namespace EdgeCnn.Device.Tests;

/// <summary>What device/nano built.</summary>
internal static class BoardAssembly
{
    /// <summary>Where they are.</summary>
    internal static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "nano");

    /// <summary>Where the application for boards with a network is.</summary>
    internal static string TcpFolder { get; } = PathOf("tcp");

    /// <summary>The array build of the runtime.</summary>
    internal static string RuntimePath { get; } = PathOf("EdgeCnn.Nano.dll");

    /// <summary>The application on it.</summary>
    internal static string ApplicationPath { get; } = PathOf("EdgeCnn.Nano.App.dll");

    /// <summary>The same for boards with a network.</summary>
    internal static string TcpApplicationPath { get; } = Path.Combine(TcpFolder, "EdgeCnn.Nano.App.dll");

    /// <summary>The runtime's IL.</summary>
    internal static IlAssembly Runtime { get; } = IlAssembly.Read(RuntimePath);

    /// <summary>The application's IL.</summary>
    internal static IlAssembly Application { get; } = IlAssembly.Read(ApplicationPath);

    /// <summary>The IL of that for boards with a network.</summary>
    internal static IlAssembly TcpApplication { get; } = IlAssembly.Read(TcpApplicationPath);

    /// <summary>The reference core library that it was compiled against.</summary>
    internal static IlAssembly CoreLibrary { get; } = IlAssembly.Read(PathOf("mscorlib.dll"));

    /// <summary>Every enum of the runtime and of what stands in for the board's libraries.</summary>
    internal static IReadOnlySet<string> EnumNames { get; } = Directory.GetFiles(PathOf("standins"), "*.dll")
        .Select(IlAssembly.Read).Append(Runtime)
        .SelectMany(assembly => assembly.Types)
        .Where(type => type.Bases.Any(parent => parent.Name == "System.Enum"))
        .Select(type => type.Name).ToHashSet();

    /// <summary>The array build, loaded where its mscorlib is this machine's.</summary>
    internal static Assembly LoadedRuntime { get; } = Context().LoadFromAssemblyPath(RuntimePath);

    /// <summary>The application, loaded beside it.</summary>
    internal static Assembly LoadedApplication { get; } =
        AssemblyLoadContext.GetLoadContext(LoadedRuntime)!.LoadFromAssemblyPath(ApplicationPath);

    private static AssemblyLoadContext Context()
    {
        var context = new AssemblyLoadContext("array build");
        context.Resolving += (_, name) => name.Name == "mscorlib" ? Assembly.Load("mscorlib") : null;
        return context;
    }

    private static string PathOf(string name) => Path.Combine(Folder, name);
}
