using System;
using System.Runtime.Intrinsics;

namespace EdgeCnn.Tests;

/// <summary>Every way in which floating point can appear in a method, for the proof that the runtime has none.</summary>
internal static unsafe class FloatSamples
{
    private static float s_field = 1;

    internal static int Instruction(int a) => (int)Math.Floor((double)a);

    internal static void Parameter(float a) => s_field = a;

    internal static double Result() => s_field;

    internal static int Local(int a)
    {
        double local = a;
        Use(ref local);
        return a;
    }

    internal static int Call(int a) => Math.Sign(Math.Sqrt(a));

    internal static int Vector(Vector128<int> a) => a.AsSingle().GetHashCode();

    internal static bool Pointer(float* a) => a == null;

    private static void Use(ref double value) => value = 0;
}
