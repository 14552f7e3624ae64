using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using EdgeCnn.Tests;
using Xunit;

namespace EdgeCnn.Device.Tests;

/// <summary>Debian's kernel for arm64 with its device trees and modules, and a busybox: downloaded once, not installed.</summary>
internal sealed class DebianKernel
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(3);

    private readonly string _root;
    private readonly string _version;
    private readonly Dictionary<string, string> _modules;

    private DebianKernel(string root)
    {
        _root = root;
        string modules = Path.Combine(root, "lib", "modules");
        _version = Path.GetFileName(Directory.GetDirectories(modules).Single());
        _modules = Directory.EnumerateFiles(modules, "*.ko", SearchOption.AllDirectories)
            .ToDictionary(path => Name(Path.GetFileNameWithoutExtension(path)));
    }

    /// <summary>The kernel.</summary>
    internal string Image => Path.Combine(_root, "boot", $"vmlinuz-{_version}");

    /// <summary>A static busybox.</summary>
    internal string Busybox => Path.Combine(_root, "bin", "busybox");

    /// <summary>A board's device tree, such as <c>broadcom/bcm2837-rpi-3-b.dtb</c>.</summary>
    internal string DeviceTree(string board) => Path.Combine(_root, "usr", "lib", $"linux-image-{_version}", board);

    /// <summary>Fetches it, or skips the test where Debian's servers can't be reached.</summary>
    internal static DebianKernel Get()
    {
        StaticProgram.Needs("qemu-system-aarch64", "qemu-system-arm");
        StaticProgram.Needs("apt-get", "apt");
        string folder = Path.Combine(Repository.Root, "tests", "device", "pi-guest", "obj", "debian"), root = Path.Combine(folder, "root");
        if (!Directory.Exists(root))
        {
            string? problem = Fetch(folder);
            Assert.SkipUnless(problem is null, $"the arm64 kernel of Debian can't be downloaded: {problem}");
        }
        return new DebianKernel(root);
    }

    /// <summary>Paths of modules, after those that they need. What is built into the kernel has none.</summary>
    internal IReadOnlyList<string> Modules(params string[] names)
    {
        var order = new List<string>();
        void Add(string name)
        {
            if (!_modules.TryGetValue(Name(name), out string? path) || order.Contains(path)) return;
            foreach (string needed in Needed(path)) Add(needed);
            order.Add(path);
        }
        foreach (string name in names) Add(name);
        return order;
    }

    /// <summary>The line <c>depends=a,b</c> of a module's information.</summary>
    private static string[] Needed(string path)
    {
        ReadOnlySpan<byte> bytes = File.ReadAllBytes(path), key = "\0depends="u8;
        int start = bytes.IndexOf(key) + key.Length, length = bytes[start..].IndexOf((byte)0);
        return Encoding.ASCII.GetString(bytes.Slice(start, length)).Split(',', StringSplitOptions.RemoveEmptyEntries);
    }

    private static string Name(string module) => module.Replace('-', '_');

    /// <summary>Downloads and unpacks into a new folder, which gets its name at the end.</summary>
    private static string? Fetch(string folder)
    {
        string lists = Path.Combine(folder, "lists"), root = Path.Combine(folder, "unpacking");
        Directory.CreateDirectory(Path.Combine(lists, "partial"));
        string[] options =
            ["-oAPT::Architecture=arm64", "-oAPT::Architectures=arm64", $"-oDir::State::Lists={lists}", "-oAPT::Sandbox::User=root"];
        CommandResult update = Command.Run("apt-get", [.. options, "update", "-qq"], s_limit);
        if (update.ExitCode != 0) return update.Output;
        string depends = Command.Run("apt-cache", [.. options, "depends", "linux-image-arm64"], s_limit).Output;
        const string key = "Depends: ";
        string? first = depends.Split('\n', StringSplitOptions.TrimEntries)
            .FirstOrDefault(line => line.StartsWith(key, StringComparison.Ordinal));
        if (first is null) return $"no package linux-image-arm64: {depends}";
        string package = first[key.Length..];
        CommandResult download = Command.Run("apt-get", [.. options, "download", "-qq", package, "busybox-static"], s_limit, folder);
        if (download.ExitCode != 0) return download.Output;
        foreach (string file in Directory.GetFiles(folder, "*.deb"))
        {
            CommandResult unpack = Command.Run("dpkg", ["-x", file, root], s_limit);
            if (unpack.ExitCode != 0) return unpack.Output;
        }
        Directory.Move(root, Path.Combine(folder, "root"));
        return null;
    }
}
