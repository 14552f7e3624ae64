using System;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Reflection.Emit;
using EdgeCnn.IlTools;

namespace EdgeCnn.Device.Tests;

/// <summary>Assemblies with one method that is too large in one way.</summary>
internal static class LargeMethods
{
    internal static IlAssembly WithParameters(int count) => Emit(count, _ => { });

    internal static IlAssembly WithLocals(int count) => Emit(0, il =>
    {
        for (int i = 0; i < count; i++) il.DeclareLocal(typeof(int));
    });

    internal static IlAssembly WithStack(int count) => Emit(0, il =>
    {
        for (int i = 0; i < count; i++) il.Emit(OpCodes.Ldc_I4_0);
        for (int i = 0; i < count; i++) il.Emit(OpCodes.Pop);
    });

    internal static IlAssembly WithBody(int bytes) => Emit(0, il =>
    {
        for (int i = 0; i < bytes; i++) il.Emit(OpCodes.Nop);
    });

    internal static IlAssembly WithInitialData(int bytes) => Emit(0, _ => { }, bytes);

    private static IlAssembly Emit(int parameters, Action<ILGenerator> body, int dataBytes = 0)
    {
        var assembly = new PersistedAssemblyBuilder(new AssemblyName("large"), typeof(object).Assembly);
        ModuleBuilder module = assembly.DefineDynamicModule("large");
        TypeBuilder type = module.DefineType("Large");
        MethodBuilder method = type.DefineMethod(
            "Method", MethodAttributes.Public | MethodAttributes.Static, typeof(void), [.. Enumerable.Repeat(typeof(int), parameters)]);
        ILGenerator il = method.GetILGenerator();
        body(il);
        il.Emit(OpCodes.Ret);
        if (dataBytes > 0) type.DefineInitializedData("Data", new byte[dataBytes], FieldAttributes.Static);
        type.CreateType();
        using var file = new MemoryStream();
        assembly.Save(file);
        file.Position = 0;
        return IlAssembly.Read(file);
    }
}
