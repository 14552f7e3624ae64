using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Loader;

namespace EdgeCnn.Device.Tests;

/// <summary>
/// The nanoFramework application, the very files that boards get, on this machine's .NET with stand-ins for the board's libraries: one
/// start of a board. Every machine has assemblies of its own, and so nothing in common with another one but the disk.
/// </summary>
internal sealed class NanoMachine
{
    private readonly Context _context;
    private readonly Func<bool> _turn;
    private readonly Func<int, bool> _isHigh;
    private readonly Action<int> _press;

    /// <summary>Starts the application.</summary>
    /// <param name="disk">The files of the board.</param>
    /// <param name="settings">What differs from the settings.</param>
    /// <param name="writes">Writes to files until the power goes.</param>
    /// <param name="application">The folder of the application; by default the one for a serial line.</param>
    internal NanoMachine(
        Dictionary<string, List<byte>> disk, IReadOnlyDictionary<string, object> settings, int writes = int.MaxValue,
        string? application = null)
    {
        _context = new Context(application ?? BoardAssembly.Folder);
        Set("System.IO.FileSystem", "System.IO.FileStream", "Disk", disk);
        Set("System.IO.FileSystem", "System.IO.FileStream", "WritesLeft", writes);
        Assembly loaded = _context.LoadFromAssemblyName(new AssemblyName("EdgeCnn.Nano.App"));
        object values = Activator.CreateInstance(loaded.GetType("EdgeCnn.Device.Settings", throwOnError: true)!)!;
        foreach ((string name, object value) in settings) values.GetType().GetProperty(name)!.SetValue(values, value);
        LabelPins = (int[])values.GetType().GetProperty("LabelPins")!.GetValue(values)!;
        ButtonPins = (int[])values.GetType().GetProperty("ButtonPins")!.GetValue(values)!;
        object running = loaded.GetType("EdgeCnn.Device.Program")!.GetMethod("Create")!.Invoke(null, [values])!;
        Arrays = FindArrays(running);
        _turn = running.GetType().GetMethod("Turn")!.CreateDelegate<Func<bool>>(running);
        Type pins = Find("System.Device.Gpio", "System.Device.Gpio.GpioController");
        _isHigh = pins.GetMethod("IsHigh")!.CreateDelegate<Func<int, bool>>();
        _press = pins.GetMethod("Press")!.CreateDelegate<Action<int>>();
        ToBoard = Get<Queue<byte>>("System.IO.Ports", "System.IO.Ports.SerialPort", "ToBoard");
        FromBoard = Get<Queue<byte>>("System.IO.Ports", "System.IO.Ports.SerialPort", "FromBoard");
    }

    /// <summary>On their way to the board.</summary>
    internal Queue<byte> ToBoard { get; }

    /// <summary>What the board sent.</summary>
    internal Queue<byte> FromBoard { get; }

    /// <summary>Outputs by label.</summary>
    internal int[] LabelPins { get; }

    /// <summary>Buttons by label.</summary>
    internal int[] ButtonPins { get; }

    /// <summary>Writes until the power goes; less than 0: it has gone.</summary>
    internal int WritesLeft => Get<int>("System.IO.FileSystem", "System.IO.FileStream", "WritesLeft");

    /// <summary>Most bytes that the application asked a file for at once.</summary>
    internal int LargestRead => Get<int>("System.IO.FileSystem", "System.IO.FileStream", "LargestRead");

    /// <summary>Bytes of every array that the application holds.</summary>
    internal int[] Arrays { get; }

    /// <summary>Lets the application do one turn; whether it wants to start again.</summary>
    internal bool Turn() => _turn();

    /// <summary>Puts a frame into the sensor: quarters of a degree. Null: it does not answer.</summary>
    internal void Show(byte[]? frame)
    {
        byte[]? registers = frame is null ? null : new byte[256];
        for (int i = 0; i < frame?.Length; i++) registers![0x80 + 2 * i] = frame[i];
        Set("System.Device.I2c", "System.Device.I2c.I2cDevice", "Registers", registers);
    }

    /// <summary>Whether a label's output is high.</summary>
    internal bool IsHigh(int label) => _isHigh(LabelPins[label]);

    /// <summary>Presses and releases a label's button.</summary>
    internal void Press(int label) => _press(ButtonPins[label]);

    /// <summary>Bytes of the arrays that can be reached from an object by fields.</summary>
    private static int[] FindArrays(object root)
    {
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance) { root };
        var open = new Queue<object>(seen);
        while (open.TryDequeue(out object? next))
        {
            IEnumerable<object?> parts = next is Array array
                ? array.GetType().GetElementType()!.IsPrimitive ? [] : array.Cast<object?>()
                : Fields(next.GetType()).Select(field => field.GetValue(next));
            foreach (object? part in parts)
                if (part is not null && (part is Array || IsOurs(part.GetType())) && seen.Add(part)) open.Enqueue(part);
        }
        return [.. seen.OfType<Array>().Where(array => array.GetType().GetElementType()!.IsPrimitive).Select(Buffer.ByteLength)];
    }

    private static bool IsOurs(Type type) => type.Namespace == "EdgeCnn.Device";

    private static IEnumerable<FieldInfo> Fields(Type type) =>
        type.GetFields(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public).Where(field => !field.FieldType.IsPrimitive);

    private Type Find(string assembly, string type) =>
        _context.LoadFromAssemblyName(new AssemblyName(assembly)).GetType(type, throwOnError: true)!;

    private T Get<T>(string assembly, string type, string property) => (T)Find(assembly, type).GetProperty(property)!.GetValue(null)!;

    private void Set(string assembly, string type, string property, object? value) =>
        Find(assembly, type).GetProperty(property)!.SetValue(null, value);

    private sealed class Context(string application) : AssemblyLoadContext("nano machine")
    {
        private readonly string[] _folders = [Path.Combine(BoardAssembly.Folder, "standins"), application, BoardAssembly.Folder];

        protected override Assembly? Load(AssemblyName assemblyName)
        {
            if (assemblyName.Name == "mscorlib") return Assembly.Load("mscorlib");
            string? file = _folders.Select(folder => Path.Combine(folder, $"{assemblyName.Name}.dll")).FirstOrDefault(File.Exists);
            return file is null ? null : LoadFromAssemblyPath(file);
        }
    }
}
