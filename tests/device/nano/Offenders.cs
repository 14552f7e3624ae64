using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using EdgeCnn.IlTools;

namespace EdgeCnn.Device.Tests;

/// <summary>Code that breaks one rule of <see cref="NanoGate"/> each.</summary>
internal static unsafe class Offenders
{
    private static readonly IlAssembly s_self = IlAssembly.Read(typeof(Offenders).Assembly.Location);

    private static readonly Dictionary<string, Func<IlAssembly>> s_offenders = new()
    {
        ["opcodes"] = () => Class(nameof(Opcodes)),
        ["checked arithmetic"] = () => Class(nameof(CheckedArithmetic)),
        ["allocations"] = () => Class(nameof(Allocations)),
        ["pointers"] = () => Class(nameof(Pointers)),
        ["pinned locals"] = () => Class(nameof(PinnedLocals)),
        ["function pointers"] = () => Class(nameof(FunctionPointers)),
        ["multi-dimensional arrays"] = () => Class(nameof(MultiDimensionalArrays)),
        ["generics"] = () => Class(nameof(Generics)),
        ["structs by value"] = () => Class(nameof(Structs)),
        ["structs of the libraries after the start"] = () => Class(nameof(StructCalls)),
        ["allocations after the start"] = () => Class(nameof(Allocations)),
        ["native methods"] = () => Class(nameof(NativeMethods)),
        ["interface bodies"] = () => Class(nameof(IInterfaceBodies)),
        ["initial data"] = () => LargeMethods.WithInitialData(NanoGate.MaxDataBytes + 1),
        ["parameters"] = () => LargeMethods.WithParameters(NanoGate.MaxParameters + 1),
        ["locals"] = () => LargeMethods.WithLocals(NanoGate.MaxLocals + 1),
        ["stack"] = () => LargeMethods.WithStack(NanoGate.MaxStack + 1),
        ["code size"] = () => LargeMethods.WithBody(NanoGate.MaxCodeBytes + 1),
        ["body size"] = () => LargeMethods.WithBody(NanoGate.MaxBodyBytes + 1),
    };

    internal static IlAssembly Of(string rule) => s_offenders[rule]();

    private static IlAssembly Class(string name) => s_self.Within($"EdgeCnn.Device.Tests.Offenders/{name}");

    private static class Opcodes
    {
        internal static int StackAllocation(int count)
        {
            int* values = stackalloc int[count];
            return values[0];
        }
    }

    private static class CheckedArithmetic
    {
        internal static int Add(int a, int b) => checked(a + b);
    }

    private static class Allocations
    {
        internal static int[] Make(int count) => new int[count];
    }

    private static class Pointers
    {
        internal static int Read(int* a) => *a;
    }

    private static class PinnedLocals
    {
        internal static int First(int[] values)
        {
            fixed (int* first = values) return *first;
        }
    }

    private static class FunctionPointers
    {
        internal static int Call(delegate*<int, int> function) => function(1);
    }

    private static class MultiDimensionalArrays
    {
        internal static int First(int[,] values) => values[0, 0];
    }

    private static class Generics
    {
        internal static T Same<T>(T value) => value;
    }

    private static class Structs
    {
        internal static long Ticks(DateTime time) => time.Ticks;
    }

    private static class StructCalls
    {
        internal static void Write(Array values) => values.SetValue(DateTime.UtcNow, 0);
    }

    private static class NativeMethods
    {
        [DllImport("none")]
        internal static extern void Call();
    }

    private interface IInterfaceBodies
    {
        int One() => 1;
    }
}
